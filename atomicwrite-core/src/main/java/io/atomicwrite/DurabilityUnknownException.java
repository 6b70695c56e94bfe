package io.atomicwrite;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * The new content is visible, but a sync after the commit failed: it may be gone after a
 * crash. The sync is not repeated, because a second one can report success for data that
 * was lost.
 *
 * @see <a href="https://www.usenix.org/conference/atc20/presentation/rebello">Can
 * Applications Recover from fsync Failures? (USENIX ATC 2020)</a>
 */
public final class DurabilityUnknownException extends AtomicWriteException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates the exception; the outcome is {@link WriteOutcome#VISIBLE_NOT_DURABLE}.
	 * @param target the target
	 * @param problem what happened and what to do
	 * @param cause the cause, if there is one
	 */
	public DurabilityUnknownException(Path target, Problem problem, @Nullable Throwable cause) {
		super(target, WritePhase.PUBLISH, WriteOutcome.VISIBLE_NOT_DURABLE, problem, cause);
	}

}
