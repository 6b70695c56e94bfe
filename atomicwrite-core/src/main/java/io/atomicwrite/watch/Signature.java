package io.atomicwrite.watch;

import java.nio.file.Path;
import java.time.Instant;

import io.atomicwrite.fs.FileStat;

/**
 * What the file system reports of a file without reading it. A file whose signature stays
 * the same for two seconds has not been changed in this time. Inode numbers are used
 * again, so no part of it is enough alone. Immutable.
 *
 * @param file the path to which the watched one leads, without links
 * @param device the id of the device
 * @param inode the number of the inode
 * @param size the size in bytes
 * @param modified when the content was last changed
 * @param changed when anything of the file was last changed
 */
public record Signature(Path file, long device, long inode, long size, Instant modified, Instant changed) {

	/**
	 * Returns the signature of a file.
	 * @param file its path, without links
	 * @param stat its status
	 * @return the signature
	 */
	public static Signature of(Path file, FileStat stat) {
		return new Signature(file, stat.device(), stat.inode(), stat.size(), stat.modified(), stat.changed());
	}

	/**
	 * Returns whether two signatures are alike but for the time of change, which a rename
	 * sets on many file systems. A content of the same size that was written within the
	 * same tick of the clock goes unnoticed.
	 * @param other the other signature
	 * @return whether they are
	 */
	public boolean isAlike(Signature other) {
		return this.file.equals(other.file) && this.device == other.device && this.inode == other.inode
				&& this.size == other.size && this.modified.equals(other.modified);
	}

}
