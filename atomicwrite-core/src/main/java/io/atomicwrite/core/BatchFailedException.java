package io.atomicwrite.core;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * Not all files of a {@link Batch} were written. {@link #result()} has the outcome of
 * each; the cause is the first failure. Immutable but for its suppressed exceptions.
 */
public final class BatchFailedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient @Nullable BatchResult result;

	BatchFailedException(BatchResult result) {
		super(message(result), first(result).orElse(null));
		this.result = result;
	}

	private static Optional<RuntimeException> first(BatchResult result) {
		return result.failures().stream().flatMap((file) -> file.failure().stream()).findFirst();
	}

	private static String message(BatchResult result) {
		List<BatchOutcome> failures = result.failures();
		int begun = result.files().size();
		StringBuilder text = new StringBuilder();
		text.append(begun - failures.size()).append(" of ").append(begun).append(" files were written");
		if (result.interrupted()) {
			text.append(", then the thread was interrupted and no more were begun");
		}
		first(result).ifPresent((failure) -> text.append("; the first failure: ").append(failure.getMessage()));
		return text.toString();
	}

	/**
	 * Returns what happened to each file.
	 * @return the result; one without files after this exception was serialized
	 */
	public BatchResult result() {
		return Objects.requireNonNullElseGet(this.result, () -> new BatchResult(List.of(), false));
	}

}
