package io.atomicwrite.core;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;

import io.atomicwrite.AtomicWriteException;
import io.atomicwrite.CrossDeviceException;
import io.atomicwrite.IoErrorKind;
import io.atomicwrite.Problem;
import io.atomicwrite.Remedy;
import io.atomicwrite.WriteOutcome;
import io.atomicwrite.WritePhase;
import io.atomicwrite.fs.Directory;
import io.atomicwrite.fs.FileStat;
import io.atomicwrite.fs.IoErrors;
import org.jspecify.annotations.Nullable;

/**
 * Phase 9: one rename, one link where nothing may be overwritten, one exchange of a
 * directory, or one unlink. There is no other way. A server may have done what it reports
 * as failed ({@code rename(2)}, BUGS, on NFS), so each failure is held against what is
 * there.
 */
final class Committer {

	private Committer() {
	}

	/** Gives a file the name of the target; once this returns, readers see it. */
	static void commit(Directory from, String source, Place target, boolean overwrite, Fence fence) {
		try {
			if (overwrite) {
				from.rename(source, target.directory(), target.name());
			}
			else {
				from.linkNew(source, target.directory(), target.name());
			}
		}
		catch (IOException ex) {
			if (!fence.isCommitted(from, source, target, ex) && (overwrite || !isTarget(from, source, target, ex))) {
				throw failed(from, source, target, ex);
			}
		}
	}

	/**
	 * Exchanges the target with a directory beside it, or gives that its name if there is
	 * no target yet.
	 * @param built the directory beside it, as it was before
	 */
	static void exchange(String source, @Nullable FileStat built, Place target) {
		Directory directory = target.directory();
		try {
			if (target.existing() != null) {
				directory.exchange(source, target.name());
			}
			else {
				directory.rename(source, directory, target.name());
			}
		}
		catch (UnsupportedOperationException ex) {
			throw WriteErrors.failed(target.path(), WritePhase.COMMIT, WriteOutcome.NOT_COMMITTED,
					new IOException(ex.getMessage(), ex));
		}
		catch (IOException ex) {
			FileStat now = look(target, ex);
			if (!isSame(built, now) || now == null) {
				throw WriteErrors.failed(target.path(), WritePhase.COMMIT,
						isSame(target.existing(), now) ? WriteOutcome.NOT_COMMITTED : WriteOutcome.INDETERMINATE, ex);
			}
		}
	}

	private static boolean isSame(@Nullable FileStat one, @Nullable FileStat other) {
		return (one != null && other != null) ? one.isSameFile(other) : one == other;
	}

	private static @Nullable FileStat look(Place target, IOException failure) {
		try {
			return target.directory().stat(target.name());
		}
		catch (IOException ex) {
			throw indeterminate(target.path(), failure, ex);
		}
	}

	private static AtomicWriteException failed(Directory from, String source, Place target, IOException failure) {
		if (failure instanceof FileAlreadyExistsException) {
			return TargetCheck.exists(target.path(), WritePhase.COMMIT);
		}
		boolean apart = stillApart(from, source);
		if (IoErrors.classify(failure) == IoErrorKind.CROSS_DEVICE && apart) {
			return new CrossDeviceException(target.path(), WritePhase.COMMIT,
					Problem.of("would cross from one filesystem to another", Remedy.SAME_FILESYSTEM)
						.causedBy(IoErrorKind.CROSS_DEVICE),
					failure);
		}
		WriteOutcome outcome = apart ? WriteOutcome.NOT_COMMITTED : WriteOutcome.INDETERMINATE;
		return WriteErrors.failed(target.path(), WritePhase.COMMIT, outcome, failure);
	}

	/** Whether the source still has its old name, so that a rename has not happened. */
	private static boolean stillApart(Directory from, String source) {
		try {
			return from.kind(source) != null;
		}
		catch (IOException ex) {
			return false;
		}
	}

	/** Whether the target is the source by now: other names of it prove nothing. */
	private static boolean isTarget(Directory from, String source, Place target, IOException failure) {
		try {
			FileStat linked = from.stat(source);
			FileStat there = target.directory().stat(target.name());
			return linked != null && there != null && linked.isSameFile(there);
		}
		catch (IOException ex) {
			throw indeterminate(target.path(), failure, ex);
		}
	}

	/** Deletes the target; what was not there to delete is deleted. */
	static void delete(Place target) throws IOException {
		try {
			target.directory().delete(target.name());
		}
		catch (IOException ex) {
			if (isThere(target, ex)) {
				throw ex;
			}
		}
	}

	private static boolean isThere(Place target, IOException failure) {
		try {
			return target.directory().kind(target.name()) != null;
		}
		catch (IOException ex) {
			throw indeterminate(target.path(), failure, ex);
		}
	}

	private static AtomicWriteException indeterminate(Path target, IOException failure, IOException look) {
		failure.addSuppressed(look);
		return WriteErrors.failed(target, WritePhase.COMMIT, WriteOutcome.INDETERMINATE, failure);
	}

}
