package io.atomicwrite.core;

import java.util.Objects;

import io.atomicwrite.WriteOutcome;
import io.atomicwrite.checksum.Version;

/**
 * The result of an update: the value that the file holds now, and how it was written. As
 * immutable and thread-safe as the value is.
 *
 * @param <T> the type of the value
 */
public final class UpdateResult<T> {

	private final T value;

	private final WriteResult result;

	private UpdateResult(T value, WriteResult result) {
		this.value = value;
		this.result = result;
	}

	/**
	 * Creates a result.
	 * @param value the value that the file holds now
	 * @param result the result of the write, with the version; its outcome is
	 * {@link WriteOutcome#UNCHANGED} if nothing was written
	 * @param <T> the type of the value
	 * @return the result of the update
	 * @throws IllegalArgumentException if the result has no version
	 */
	public static <T> UpdateResult<T> of(T value, WriteResult result) {
		if (result.version().isEmpty()) {
			throw new IllegalArgumentException("the result of an update needs the version of the content");
		}
		return new UpdateResult<>(value, result);
	}

	/**
	 * Returns the value that the file holds now.
	 * @return the new value, or the old one if it did not change
	 */
	public T value() {
		return this.value;
	}

	/**
	 * Returns the version of the content that the file holds now.
	 * @return the version
	 */
	public Version version() {
		return this.result.version().orElseThrow();
	}

	/**
	 * Returns whether the file was written.
	 * @return {@code false} if the new value equals the old one
	 */
	public boolean changed() {
		return this.result.changed();
	}

	/**
	 * Returns the outcome.
	 * @return {@link WriteOutcome#UNCHANGED} if nothing was written
	 */
	public WriteOutcome outcome() {
		return this.result.outcome();
	}

	/**
	 * Returns how the value was written.
	 * @return the result of the write
	 */
	public WriteResult result() {
		return this.result;
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof UpdateResult<?> update && Objects.equals(update.value, this.value)
				&& update.result.equals(this.result);
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.value, this.result);
	}

	@Override
	public String toString() {
		return "UpdateResult[value=" + this.value + ", result=" + this.result + "]";
	}

}
