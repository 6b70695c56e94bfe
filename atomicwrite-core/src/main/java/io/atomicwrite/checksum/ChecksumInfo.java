package io.atomicwrite.checksum;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * What a sidecar or an attribute says of a file.
 *
 * @param file the file
 * @param location where it is said: the sidecar, or the file itself for an attribute
 * @param current the checksum that the file should have
 * @param previous the checksum that it may have instead, if a write was cut off between
 * the sidecar and the file; {@code null} if none
 */
public record ChecksumInfo(Path file, Path location, Checksum current, @Nullable Checksum previous) {

	/**
	 * Returns whether a content is the one that was written, or the one before it that a
	 * write which was cut off left in place.
	 * @param found the checksum of the content, by the same algorithm
	 * @return whether it is attested
	 */
	public boolean attests(Checksum found) {
		return found.equals(this.current) || found.equals(this.previous);
	}

}
