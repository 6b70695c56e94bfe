package io.atomicwrite.core;

import java.io.IOException;
import java.util.Objects;

import io.atomicwrite.WriteOutcome;
import io.atomicwrite.WritePhase;
import io.atomicwrite.fs.FileHandle;

/**
 * The change of a move: a file takes the place of the target, and its old name goes.
 */
final class FileMove implements Change {

	private final Site site;

	private final Place source;

	private final Companions companions;

	FileMove(Site site, Place source, Companions companions) {
		this.site = site;
		this.source = source;
		this.companions = companions;
	}

	@Override
	public Site site() {
		return this.site;
	}

	@Override
	public Companions companions() {
		return this.companions;
	}

	/**
	 * A rename of content that is not on disk can survive a crash that the content does
	 * not.
	 */
	@Override
	public void prepare() throws IOException {
		this.site.operation().enter(WritePhase.SYNC);
		syncContent(this.source);
	}

	private static void syncContent(Place place) throws IOException {
		try (FileHandle handle = place.directory().openForSync(place.name())) {
			handle.sync();
		}
	}

	@Override
	public void commit() {
		Committer.commit(this.source.directory(), this.source.name(), this.site.place(),
				this.site.options().overwrite());
	}

	@Override
	public void dropOldName() throws IOException {
		if (!this.site.options().overwrite()) {
			this.source.directory().delete(this.source.name());
		}
		// after the new name: with only the old one gone, a crash would lose the file
		this.site.changed().changed(this.source.directory());
	}

	@Override
	public void settle() throws IOException {
		if (!this.site.grant().directorySyncTrusted()) {
			syncContent(this.site.place());
		}
	}

	@Override
	public WriteResult result(WriteOutcome outcome) {
		return new WriteResult(this.site.place().path(), Objects.requireNonNull(this.source.existing()).size(), null,
				null, this.companions.backup().orElse(null), outcome, this.site.grant().levels(),
				MetadataReport.NEW_FILE, this.site.grant().warnings().texts(), this.site.operation().timings());
	}

}
