package io.atomicwrite.core;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * A content that verifies: that of the file, or of its newest backup that does.
 *
 * @param <T> the type of the value
 * @param value the content, or the value in it
 * @param source the file it was read from
 * @param reason why the file itself was not taken; {@code null} if it was
 */
public record LastKnownGood<T>(T value, Path source, @Nullable RuntimeException reason) {

	/**
	 * Returns whether a backup was taken.
	 * @return whether the value is older than the file
	 */
	public boolean fellBack() {
		return this.reason != null;
	}

}
