package io.atomicwrite.core;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

import io.atomicwrite.IoErrorKind;
import io.atomicwrite.LockLostException;
import io.atomicwrite.WriteOutcome;
import io.atomicwrite.WritePhase;
import io.atomicwrite.fs.Directory;
import io.atomicwrite.fs.FileStat;
import io.atomicwrite.fs.IoErrors;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether a commit failed because the next holder of the lock has deleted the
 * staging file. On a local filesystem nothing was committed then. A network filesystem
 * may have renamed the file, lost the answer, and found nothing when it was asked again
 * ({@code rename(2)}, BUGS): there the identity of the target decides.
 */
final class Fence {

	private final boolean fenced;

	private final boolean local;

	private final Optional<FileStat> staged;

	private Fence(boolean fenced, boolean local, Optional<FileStat> staged) {
		this.fenced = fenced;
		this.local = local;
		this.staged = staged;
	}

	/** Of a commit whose source is no staging file. */
	static Fence none() {
		return new Fence(false, true, Optional.empty());
	}

	static Fence of(Site site, Directory directory, String staging) throws IOException {
		if (!site.leases().isFenced()) {
			return none();
		}
		boolean local = site.grant().isLocal();
		return new Fence(true, local, local ? Optional.empty() : Optional.ofNullable(directory.stat(staging)));
	}

	/**
	 * Returns whether the commit has happened all the same.
	 * @param failure what the commit failed with
	 * @throws LockLostException if the staging file was revoked
	 */
	boolean isCommitted(Directory directory, String staging, Place target, IOException failure) {
		if (!this.fenced || !isOfMissingFile(failure)) {
			return false;
		}
		try {
			if (directory.kind(staging) != null) {
				return false;
			}
			if (this.local) {
				throw revoked(target, WriteOutcome.NOT_COMMITTED, failure);
			}
			FileStat now = target.directory().stat(target.name());
			if (now != null && this.staged.filter(now::isSameFile).isPresent()) {
				return true;
			}
			boolean unchanged = now != null && isUnchanged(now, target.existing());
			throw revoked(target, unchanged ? WriteOutcome.NOT_COMMITTED : WriteOutcome.INDETERMINATE, failure);
		}
		catch (IOException ex) {
			failure.addSuppressed(ex);
			throw revoked(target, WriteOutcome.INDETERMINATE, failure);
		}
	}

	/** A backup may have linked the file, which changes other attributes. */
	private static boolean isUnchanged(FileStat now, @Nullable FileStat before) {
		return before != null && now.isSameFile(before) && now.size() == before.size()
				&& now.modified().equals(before.modified());
	}

	private static boolean isOfMissingFile(IOException failure) {
		return failure instanceof NoSuchFileException || IoErrors.classify(failure) == IoErrorKind.STALE;
	}

	private static LockLostException revoked(Place target, WriteOutcome outcome, IOException failure) {
		return WriteErrors.revoked(target.path(), WritePhase.COMMIT, outcome, failure);
	}

}
