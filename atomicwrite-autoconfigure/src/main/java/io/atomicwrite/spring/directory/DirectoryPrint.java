package io.atomicwrite.spring.directory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;

import org.jspecify.annotations.Nullable;

/**
 * By what a directory is recognised: device and inode, and the time of its birth where
 * the filesystem records one, because devices and inodes are used again. One
 * {@code stat(2)}.
 *
 * @param key the device and inode, or {@code null} where the system numbers no files
 * @param birth the time of birth, or what the JDK returns in its place
 * @param recorded whether that certainly is a time of birth
 */
record DirectoryPrint(@Nullable Object key, FileTime birth, boolean recorded) {

	static DirectoryPrint of(Path directory) throws IOException {
		BasicFileAttributes values = Files.readAttributes(directory, BasicFileAttributes.class);
		FileTime birth = values.creationTime();
		// where none is recorded, as on FUSE, the JDK returns the time of modification or
		// the epoch
		boolean recorded = birth.toMillis() != 0 && !birth.equals(values.lastModifiedTime());
		return new DirectoryPrint(values.fileKey(), birth, recorded);
	}

	DirectoryPrint withRecorded(boolean certain) {
		return new DirectoryPrint(this.key, this.birth, certain);
	}

	boolean isSameFile(DirectoryPrint other) {
		return this.key != null && this.key.equals(other.key) && !isBornApart(other);
	}

	/** Whether the two were born at different times. */
	boolean isBornApart(DirectoryPrint other) {
		return isComparable(other) && !this.birth.equals(other.birth);
	}

	boolean isBornTogether(DirectoryPrint other) {
		return isComparable(other) && this.birth.equals(other.birth);
	}

	/** Of two filesystems one may record what the other does not. */
	private boolean isComparable(DirectoryPrint other) {
		return this.recorded || other.recorded;
	}

	boolean isOnSameDevice(DirectoryPrint other) {
		return part(0).equals(other.part(0));
	}

	boolean hasSameInode(DirectoryPrint other) {
		return part(1).equals(other.part(1));
	}

	/** Returns the device or the inode of a key such as {@code (dev=fe00,ino=2)}. */
	private String part(int index) {
		String[] parts = String.valueOf(this.key).split(",");
		return (index < parts.length) ? parts[index] : "";
	}

}
