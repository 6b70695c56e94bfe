package io.atomicwrite.core;

import java.io.IOException;
import java.nio.file.NoSuchFileException;

import io.atomicwrite.WriteOutcome;
import io.atomicwrite.artifact.ChangeScope;
import io.atomicwrite.fs.IoErrors;

/**
 * The change of a symbolic link: a new link beside it takes its place. A link has no
 * content that could be synced: the sync of its directory makes both durable.
 */
final class LinkChange implements Change {

	private final Site site;

	private final String staging;

	private final Companions companions;

	private Fence fence = Fence.none();

	private ChangeScope.Step confirmation = () -> {
	};

	LinkChange(Site site, String staging, Companions companions) {
		this.site = site;
		this.staging = staging;
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

	/** Sets what is checked once more, right before the commit. */
	void confirmBy(ChangeScope.Step check) {
		this.confirmation = check;
	}

	@Override
	public void confirm() throws IOException {
		this.confirmation.run();
	}

	@Override
	public void fence() throws IOException {
		this.fence = Fence.of(this.site, this.site.place().directory(), this.staging);
	}

	@Override
	public void commit() {
		Committer.commit(this.site.place().directory(), this.staging, this.site.place(),
				this.site.options().overwrite(), this.fence);
	}

	@Override
	public void dropOldName() {
		if (this.site.options().overwrite()) {
			return;
		}
		try {
			this.site.place().directory().delete(this.staging);
		}
		catch (NoSuchFileException ex) {
			// the next holder of the lock was faster
		}
		catch (IOException ex) {
			this.site.grant()
				.warnings()
				.add("the staging link " + this.staging + " could not be deleted: " + IoErrors.text(ex));
		}
	}

	@Override
	public void settle() {
		// nothing is open
	}

	@Override
	public WriteResult result(WriteOutcome outcome) {
		return this.site.result(outcome, 0, null);
	}

}
