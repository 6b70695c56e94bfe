package io.atomicwrite.lock;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A hidden lock file that is locked and, if there was one, the visible lock file of the
 * same target. A visible one that appears later is a loss: its holder knows nothing of
 * the hidden one.
 */
final class BothHeld implements ExternalLocks.Held {

	private final HostLocks.Held hidden;

	private final Optional<HostLocks.Held> visible;

	private final Path visibleFile;

	private final Look look;

	BothHeld(HostLocks.Held hidden, Optional<HostLocks.Held> visible, Path visibleFile, Look look) {
		this.hidden = hidden;
		this.visible = visible;
		this.visibleFile = visibleFile;
		this.look = look;
	}

	@Override
	public Optional<String> loss() throws IOException {
		Optional<String> own = this.hidden.loss();
		if (own.isPresent()) {
			return own;
		}
		if (this.visible.isPresent()) {
			return this.visible.get().loss();
		}
		return this.look.isHeld(this.visibleFile) ? Optional.of("another writer holds " + this.visibleFile
				+ ", and this one has a hidden lock file: let all writers use the same setting, "
				+ "atomicwrite.companions=hidden or visible (--hidden-companions)") : Optional.empty();
	}

	@Override
	public void release() throws IOException {
		try {
			if (this.visible.isPresent()) {
				this.visible.get().release();
			}
		}
		finally {
			this.hidden.release();
		}
	}

	/** Finds out whether a lock file, which need not exist, is locked by another. */
	@FunctionalInterface
	interface Look {

		boolean isHeld(Path lockFile) throws IOException;

	}

}
