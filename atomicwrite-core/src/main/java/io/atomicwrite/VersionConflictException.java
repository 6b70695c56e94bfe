package io.atomicwrite;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * The target is not at the version that the caller expected. Nothing was written.
 */
public final class VersionConflictException extends AtomicWriteException {

	private static final long serialVersionUID = 1L;

	private final String expected;

	private final @Nullable String found;

	/**
	 * Creates the exception; the outcome is {@link WriteOutcome#NOT_COMMITTED}.
	 * @param target the target
	 * @param expected the version that the caller expected
	 * @param found the version of the target, or {@code null} if there is no target
	 */
	public VersionConflictException(Path target, String expected, @Nullable String found) {
		super(target, WritePhase.CHECK, WriteOutcome.NOT_COMMITTED,
				Problem.of(
						"expected " + (isNone(expected) ? "no file" : "version " + expected) + " but found "
								+ ((found != null) ? found : "no file") + ": someone else changed it",
						Remedy.READ_AGAIN),
				null);
		this.expected = expected;
		this.found = found;
	}

	/**
	 * Returns the version that the caller expected.
	 * @return the expected version
	 */
	public String expected() {
		return this.expected;
	}

	/**
	 * Returns the version of the target.
	 * @return the version found, or {@code null} if there is no target
	 */
	public @Nullable String found() {
		return this.found;
	}

	private static boolean isNone(String version) {
		return version.equals("none");
	}

}
