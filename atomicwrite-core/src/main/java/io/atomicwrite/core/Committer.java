package io.atomicwrite.core;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;

import io.atomicwrite.AtomicWriteException;
import io.atomicwrite.CrossDeviceException;
import io.atomicwrite.WriteOutcome;
import io.atomicwrite.WritePhase;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.FileStat;
import io.atomicwrite.fs.IoErrors;

/**
 * Phase 9: one rename, or one link where nothing may be overwritten. There is no third
 * way.
 */
final class Committer {

	private final FileOps files;

	Committer(FileOps files) {
		this.files = files;
	}

	/** Makes a file the target; once this returns, readers see it. */
	void commit(Path source, Target target, boolean overwrite) {
		try {
			if (overwrite) {
				this.files.rename(source, target.path());
			}
			else {
				this.files.linkNew(source, target.path());
			}
		}
		catch (IOException ex) {
			if (overwrite || !isTarget(source, target, ex)) {
				throw failed(source, target, ex);
			}
			// a server did what it reported as failed
		}
	}

	private AtomicWriteException failed(Path source, Target target, IOException failure) {
		if (failure instanceof FileAlreadyExistsException) {
			return TargetCheck.exists(target, WritePhase.COMMIT);
		}
		boolean apart = stillApart(source);
		if (IoErrors.classify(failure) == IoErrors.Kind.CROSS_DEVICE && apart) {
			return new CrossDeviceException(target.path(), WritePhase.COMMIT,
					"would cross from one filesystem to another; nothing was changed, keep source and target on one "
							+ "filesystem",
					failure);
		}
		WriteOutcome outcome = apart ? WriteOutcome.NOT_COMMITTED : WriteOutcome.INDETERMINATE;
		return WriteErrors.failed(target.path(), WritePhase.COMMIT, outcome, failure);
	}

	/**
	 * Whether the source still has its old name. A server may have done what it reported
	 * as failed ({@code rename(2)}, BUGS, on NFS).
	 */
	private boolean stillApart(Path source) {
		try {
			return this.files.kind(source) != null;
		}
		catch (IOException ex) {
			return false;
		}
	}

	/** Whether the target is the source by now: other names of it prove nothing. */
	private boolean isTarget(Path source, Target target, IOException failure) {
		try {
			FileStat from = this.files.stat(source);
			FileStat to = this.files.stat(target.path());
			return from != null && to != null && from.isSameFile(to);
		}
		catch (IOException ex) {
			failure.addSuppressed(ex);
			throw WriteErrors.failed(target.path(), WritePhase.COMMIT, WriteOutcome.INDETERMINATE, failure);
		}
	}

}
