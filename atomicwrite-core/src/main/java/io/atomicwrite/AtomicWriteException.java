package io.atomicwrite;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * Root of everything that can go wrong with a write. The message names the file, what
 * happened and what to do; {@link #outcome()} tells whether the new content is visible.
 */
public abstract sealed class AtomicWriteException extends RuntimeException
		permits TargetExistsException, TargetRejectedException, CapabilityNotSupportedException,
		UnsupportedEnvironmentException, LockNotAcquiredException, LockLostException, VersionConflictException,
		CrossDeviceException, ChecksumMismatchException, ChecksumMissingException, FormatException,
		WriteFailedException, DurabilityUnknownException {

	private static final long serialVersionUID = 1L;

	private final String target;

	private final @Nullable WritePhase phase;

	private final WriteOutcome outcome;

	AtomicWriteException(Path target, @Nullable WritePhase phase, WriteOutcome outcome, String message,
			@Nullable Throwable cause) {
		super(target + ": " + message, cause);
		this.target = target.toString();
		this.phase = phase;
		this.outcome = outcome;
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

}
