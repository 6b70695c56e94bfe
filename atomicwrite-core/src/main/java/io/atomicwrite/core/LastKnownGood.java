package io.atomicwrite.core;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

import io.atomicwrite.AtomicWriteException;
import org.jspecify.annotations.Nullable;

/**
 * A content that verifies: that of the file, or of its newest backup that does. As
 * immutable and thread-safe as the value is.
 *
 * @param <T> the type of the value
 */
public final class LastKnownGood<T> {

	private final T value;

	private final Path source;

	private final @Nullable AtomicWriteException reason;

	private LastKnownGood(T value, Path source, @Nullable AtomicWriteException reason) {
		this.value = value;
		this.source = source;
		this.reason = reason;
	}

	/**
	 * Creates one that is the file itself.
	 * @param value the content, or the value in it
	 * @param file the file
	 * @param <T> the type of the value
	 * @return the content that is good
	 */
	public static <T> LastKnownGood<T> ofFile(T value, Path file) {
		return new LastKnownGood<>(value, file, null);
	}

	/**
	 * Creates one that is a backup.
	 * @param value the content, or the value in it
	 * @param backup the backup it was read from
	 * @param reason why the file itself was not taken
	 * @param <T> the type of the value
	 * @return the content that is good
	 */
	public static <T> LastKnownGood<T> ofBackup(T value, Path backup, AtomicWriteException reason) {
		return new LastKnownGood<>(value, backup, Objects.requireNonNull(reason));
	}

	/**
	 * Returns the content, or the value in it.
	 * @return the value
	 */
	public T value() {
		return this.value;
	}

	/**
	 * Returns the file that the value was read from.
	 * @return the file itself or one of its backups
	 */
	public Path source() {
		return this.source;
	}

	/**
	 * Returns why the file itself was not taken.
	 * @return what it failed with, or empty if it was taken
	 */
	public Optional<AtomicWriteException> reason() {
		return Optional.ofNullable(this.reason);
	}

	/**
	 * Returns whether a backup was taken.
	 * @return whether the value is older than the file
	 */
	public boolean fellBack() {
		return this.reason != null;
	}

	@Override
	public String toString() {
		return "LastKnownGood[value=" + this.value + ", source=" + this.source + ", reason=" + this.reason + "]";
	}

}
