package io.atomicwrite;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * Root of everything that can go wrong with a write or a read. The message names the
 * file, what happened, the state of the target, what to do, and the page for operators
 * where there is one ({@link Runbook}). The same stands here as data, for surfaces that
 * word it by themselves. Immutable but for its suppressed exceptions, and safe for use by
 * several threads.
 */
public abstract sealed class AtomicWriteException extends RuntimeException
		permits TargetExistsException, TargetRejectedException, CapabilityNotSupportedException,
		UnsupportedEnvironmentException, LockNotAcquiredException, LockLostException, VersionConflictException,
		CrossDeviceException, ChecksumMismatchException, ChecksumMissingException, FormatException,
		WriteFailedException, DurabilityUnknownException, TargetMissingException, ReadFailedException {

	private static final long serialVersionUID = 1L;

	private final String target;

	private final @Nullable WritePhase phase;

	private final WriteOutcome outcome;

	private final Problem problem;

	AtomicWriteException(Path target, @Nullable WritePhase phase, WriteOutcome outcome, Problem problem,
			@Nullable Throwable cause) {
		super(message(target, state(phase, outcome), problem), cause);
		this.target = target.toString();
		this.phase = phase;
		this.outcome = outcome;
		this.problem = problem;
	}

	private static String message(Path target, String state, Problem problem) {
		String remedy = problem.remedy().text();
		String end = (state.isEmpty() || remedy.isEmpty()) ? state + remedy : state + ", " + remedy;
		String page = Runbook.of(problem.remedy()).map((runbook) -> "; see " + runbook.url()).orElse("");
		return target + ": " + problem.summary() + (end.isEmpty() ? "" : "; " + end) + page;
	}

	private static String state(@Nullable WritePhase phase, WriteOutcome outcome) {
		if (phase == null) {
			return "";
		}
		return switch (outcome) {
			case UNCHANGED, NOT_COMMITTED ->
				(phase.compareTo(WritePhase.STAGE) < 0) ? "nothing was changed" : "the target is as it was";
			case VISIBLE_NOT_DURABLE -> "the new content is visible but may not survive a crash";
			case DURABLE -> "the new content is in place";
			case INDETERMINATE -> "the target holds either the old content or the new, whole; read it to find out";
		};
	}

	/**
	 * Returns the target as far as it was resolved when the failure happened.
	 * @return the path of the target
	 */
	public Path target() {
		return Path.of(this.target);
	}

	/**
	 * Returns the phase that failed.
	 * @return the phase, or {@code null} when the failure lies outside of the phases of a
	 * write, as when a value can't be encoded or a lock is asked for on its own
	 */
	public @Nullable WritePhase phase() {
		return this.phase;
	}

	/**
	 * Returns what is known of the target now.
	 * @return {@link WriteOutcome#NOT_COMMITTED},
	 * {@link WriteOutcome#VISIBLE_NOT_DURABLE} or {@link WriteOutcome#INDETERMINATE}
	 */
	public WriteOutcome outcome() {
		return this.outcome;
	}

	/**
	 * Returns the state of the target in words.
	 * @return a clause, empty where nothing was to be written
	 */
	public String state() {
		return state(this.phase, this.outcome);
	}

	/**
	 * Returns what happened and what to do.
	 * @return the problem
	 */
	public Problem problem() {
		return this.problem;
	}

}
