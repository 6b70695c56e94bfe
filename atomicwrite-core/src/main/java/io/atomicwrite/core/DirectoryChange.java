package io.atomicwrite.core;

import java.io.IOException;

import io.atomicwrite.WriteOutcome;
import io.atomicwrite.WritePhase;
import io.atomicwrite.artifact.ChangeScope;
import io.atomicwrite.fs.Directory;
import io.atomicwrite.fs.FileStat;
import io.atomicwrite.fs.IoErrors;
import io.atomicwrite.publication.PlainDirectory;
import org.jspecify.annotations.Nullable;

/**
 * The change of a pointer that is a directory: one that was built beside it is exchanged
 * with it. What was there stays under the other name, for those who are in it.
 */
final class DirectoryChange implements Change {

	private final Site site;

	private final PlainDirectory plain;

	private final String staging;

	private final Companions companions;

	private final ChangeScope.Step confirmation;

	private @Nullable FileStat built;

	DirectoryChange(Site site, PlainDirectory plain, String staging, Companions companions,
			ChangeScope.Step confirmation) {
		this.site = site;
		this.plain = plain;
		this.staging = staging;
		this.companions = companions;
		this.confirmation = confirmation;
	}

	@Override
	public Site site() {
		return this.site;
	}

	@Override
	public Companions companions() {
		return this.companions;
	}

	/** The exchange is then the one change that a crash may undo. */
	@Override
	public void sync() throws IOException {
		Directory directory = this.site.place().directory();
		this.site.operation().enter(WritePhase.SYNC);
		this.site.changed(directory);
		this.site.sync();
		this.built = directory.stat(this.staging);
	}

	@Override
	public void confirm() throws IOException {
		this.confirmation.run();
		this.plain.requireReplaceable(this.site.place().directory());
	}

	@Override
	public void commit() {
		Committer.exchange(this.staging, this.built, this.site.place());
	}

	@Override
	public void dropOldName() {
		// after the sync, as what has that name before it is what the directory is now
	}

	@Override
	public void settle() {
		FileStat old = this.site.place().existing();
		if (old == null || old.kind() == FileStat.Kind.DIRECTORY) {
			return;
		}
		try {
			this.site.place().directory().delete(this.staging);
		}
		catch (IOException ex) {
			this.site.grant()
				.warnings()
				.add("the old pointer " + this.staging + " could not be deleted: " + IoErrors.text(ex));
		}
	}

	@Override
	public WriteResult result(WriteOutcome outcome) {
		return this.site.result(outcome, 0, null);
	}

}
