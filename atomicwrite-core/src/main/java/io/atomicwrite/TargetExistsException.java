package io.atomicwrite;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * The target already exists, and overwrite is disabled.
 */
public final class TargetExistsException extends AtomicWriteException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates the exception; the outcome is {@link WriteOutcome#NOT_COMMITTED}.
	 * @param target the target
	 * @param phase the phase that failed, or {@code null} outside of a write
	 */
	public TargetExistsException(Path target, @Nullable WritePhase phase) {
		super(target, phase, WriteOutcome.NOT_COMMITTED,
				Problem.of("already exists and overwrite is disabled", Remedy.ALLOW_OVERWRITE), null);
	}

}
