package io.atomicwrite.checksum;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * The checksum that a sidecar or an attribute records for a file. Immutable.
 *
 * @param file the file
 * @param location where it is recorded: the sidecar, or the file itself for an attribute
 * @param current the checksum that the file should have
 * @param previous the checksum that the file has instead if a write was interrupted after
 * it updated the sidecar and before it replaced the file; {@code null} if none
 */
public record ChecksumInfo(Path file, Path location, Checksum current, @Nullable Checksum previous) {

	/**
	 * Returns whether some content is valid: either the current content, or the previous
	 * content that an interrupted write left in place.
	 * @param found the checksum of the content, by the same algorithm
	 * @return whether it equals the current or the previous checksum
	 */
	public boolean attests(Checksum found) {
		return found.equals(this.current) || found.equals(this.previous);
	}

}
