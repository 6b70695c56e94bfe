package io.atomicwrite.lock;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.function.Supplier;

import io.atomicwrite.LockHolder;
import io.atomicwrite.LockNotAcquiredException.Reason;
import io.atomicwrite.LockNotAcquiredException.Wait;
import io.atomicwrite.Problem;
import io.atomicwrite.Remedy;
import io.atomicwrite.fs.IoErrors;
import org.jspecify.annotations.Nullable;

/**
 * Says why a lease could not be had, and what to do.
 */
final class LockProblems {

	private LockProblems() {
	}

	/** A lock that was refused, for another reason than an error. */
	static Problem refused(Reason reason, Wait wait) {
		return switch (reason) {
			case BUSY -> Problem.of("locked by " + wait.holder(), Remedy.WAIT_OR_TRY_LATER);
			case TIMEOUT -> Problem.of("lock not acquired within " + wait.limit() + ", held by " + wait.holder(),
					Remedy.WAIT_LONGER);
			case INTERRUPTED ->
				Problem.of("interrupted while waiting for the lock held by " + wait.holder(), Remedy.TRY_AGAIN);
			case SELF_DEADLOCK -> Problem.of(
					"this thread already holds the lock through another lock registry and " + "would wait for itself",
					Remedy.SHARE_REGISTRY);
			case CLOSED ->
				Problem.of("the lock registry is closed, or the template that waited for it", Remedy.ACQUIRE_AGAIN);
			case FAILED -> Problem.of("the lock can't be used", Remedy.SEE_CAUSE);
		};
	}

	/** A lock that can't be used. */
	static Problem failed(IOException cause, Remedy remedy) {
		Problem problem = Problem.of("the lock can't be used: " + IoErrors.text(cause), remedy)
			.causedBy(IoErrors.classify(cause));
		String file = (cause instanceof FileSystemException ex) ? ex.getFile() : null;
		return (file != null) ? problem.at(Path.of(file)) : problem;
	}

	/**
	 * Who holds a lock that could not be had; nobody where the failure is another. The
	 * lock is looked at only if the answer is needed.
	 */
	static @Nullable LockHolder holder(Reason reason, Supplier<LockInfo> inspection) {
		return switch (reason) {
			case BUSY, TIMEOUT, INTERRUPTED -> holder(inspection.get());
			case SELF_DEADLOCK, CLOSED, FAILED -> null;
		};
	}

	private static LockHolder holder(LockInfo info) {
		if (info.thread() != null) {
			return LockHolder.thread(info.thread(), info.since());
		}
		if (info.owner() != null) {
			return LockHolder.owner(info.owner(), info.since());
		}
		return (info.pid() != null) ? LockHolder.process(info.pid(), info.since()) : LockHolder.unknown();
	}

}
