package io.atomicwrite.core;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

import io.atomicwrite.LockLostException;
import io.atomicwrite.WriteFailedException;
import io.atomicwrite.WriteOutcome;
import io.atomicwrite.WritePhase;
import io.atomicwrite.fs.Directory;
import io.atomicwrite.fs.IoErrors;
import io.atomicwrite.lock.LockLeases;

/**
 * Finds out whether a write has failed because its lock was lost: the next holder deletes
 * the staging file, and each call that uses it may be the one that notices.
 */
final class LossCheck {

	private LockLeases leases = LockLeases.none();

	private Optional<Staged> staged = Optional.empty();

	/** Sets the leases of the write. */
	LockLeases of(LockLeases acquired) {
		this.leases = acquired;
		return acquired;
	}

	/** Sets the staging file of the write. */
	void staged(Directory directory, String name) {
		this.staged = Optional.of(new Staged(directory, name));
	}

	/**
	 * Returns what to report instead of a failure before the commit.
	 * @param failure what a call or a step threw
	 */
	Optional<LockLostException> lossBehind(Path target, WritePhase phase, Throwable failure) {
		if (failure instanceof LockLostException lost) {
			return Optional.of(in(phase, lost));
		}
		if (!this.leases.isFenced() || !isOfFiles(failure)) {
			return Optional.empty();
		}
		IOException cause = cause(failure);
		if (this.staged.filter(Staged::isRevoked).isPresent()
				|| (WriteErrors.isOfRevokedFile(cause) && !this.staged.filter(Staged::isElsewhere).isPresent())) {
			return Optional.of(WriteErrors.revoked(target, phase, WriteOutcome.NOT_COMMITTED, cause));
		}
		return IoErrors.isOfDeletedFile(cause) ? lossOfLease(phase, failure) : Optional.empty();
	}

	private static boolean isOfFiles(Throwable failure) {
		return failure instanceof IOException
				|| (failure instanceof WriteFailedException ex && ex.outcome() == WriteOutcome.NOT_COMMITTED);
	}

	private static IOException cause(Throwable failure) {
		if (failure instanceof IOException ex) {
			return ex;
		}
		return (failure.getCause() instanceof IOException ex) ? ex : new IOException(failure);
	}

	/** Asks the store: another file may be missing for many reasons. */
	private Optional<LockLostException> lossOfLease(WritePhase phase, Throwable failure) {
		try {
			this.leases.ensureHeld();
			return Optional.empty();
		}
		catch (LockLostException ex) {
			LockLostException lost = in(phase, ex);
			lost.addSuppressed(failure);
			return Optional.of(lost);
		}
	}

	/** A lease does not know in which phase it is checked. */
	private static LockLostException in(WritePhase phase, LockLostException lost) {
		if (lost.phase() == phase) {
			return lost;
		}
		LockLostException located = new LockLostException(lost.target(), phase, lost.outcome(), lost.reason(),
				lost.problem(), lost.getCause());
		located.setStackTrace(lost.getStackTrace());
		return located;
	}

	/**
	 * A staging file, which nobody else deletes as long as its writer has the lock.
	 */
	private record Staged(Directory directory, String name) {

		boolean isRevoked() {
			try {
				return this.directory.isUnchanged() && this.directory.kind(this.name) == null;
			}
			catch (IOException ex) {
				return false;
			}
		}

		/** Whether the whole directory is gone, which no revocation does. */
		boolean isElsewhere() {
			try {
				return !this.directory.isUnchanged();
			}
			catch (IOException ex) {
				return true;
			}
		}

	}

}
