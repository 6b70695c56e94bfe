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

	static Signature of(Path file, FileStat stat) {
		return new Signature(file, stat.device(), stat.inode(), stat.size(), stat.modified(), stat.changed());
	}

}
