package io.atomicwrite.core;

import java.io.IOException;
import java.util.Objects;

import io.atomicwrite.WriteOutcome;
import io.atomicwrite.WritePhase;

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
	public void sync() throws IOException {
		this.site.operation().enter(WritePhase.SYNC);
		this.source.syncContent();
	}

	@Override
	public void commit() {
		Committer.commit(this.source.directory(), this.source.name(), this.site.place(),
				this.site.options().overwrite(), Fence.none());
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
			this.site.place().syncContent();
		}
	}

	@Override
	public WriteResult result(WriteOutcome outcome) {
		return this.site.result(outcome, Objects.requireNonNull(this.source.existing()).size(),
				this.companions.backup().orElse(null));
	}

}
