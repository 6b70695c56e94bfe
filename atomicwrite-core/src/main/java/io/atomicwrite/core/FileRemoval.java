package io.atomicwrite.core;

import java.io.IOException;

import io.atomicwrite.WriteOutcome;

/**
 * The change of a delete: the name of the target goes.
 */
final class FileRemoval implements Change {

	private final Site site;

	private final Companions companions;

	FileRemoval(Site site, Companions companions) {
		this.site = site;
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

	@Override
	public void commit() throws IOException {
		Committer.delete(this.site.place());
	}

	@Override
	public void dropOldName() {
		// that was the commit
	}

	@Override
	public void settle() {
		// no file is left that could be synced
	}

	@Override
	public WriteResult result(WriteOutcome outcome) {
		return this.site.result(outcome, 0, null);
	}

}
