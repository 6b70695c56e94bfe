package io.atomicwrite.fs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * A directory of the default filesystem of the JDK. One look at it serves to open it, to
 * know it again and to find its mount.
 */
final class NioDirectory extends PathDirectory {

	private final Mounts mounts;

	private NioDirectory(FileOps files, Path canonical, Object identity, Mounts mounts) {
		super(files, canonical, identity);
		this.mounts = mounts;
	}

	static NioDirectory open(FileOps files, Path canonical, Mounts mounts) throws IOException {
		return new NioDirectory(files, canonical, identity(canonical), mounts);
	}

	/**
	 * Opens a directory by any path. The look at the last name replaces the one that
	 * would show that it is no link.
	 */
	static NioDirectory openFollowingLinks(FileOps files, Path existing, Mounts mounts) throws IOException {
		Path absolute = existing.toAbsolutePath();
		Path parent = absolute.getParent();
		Path name = absolute.getFileName();
		if (parent == null || name == null || name.toString().equals(".") || name.toString().equals("..")) {
			return open(files, absolute.toRealPath(), mounts);
		}
		Path canonical = parent.toRealPath().resolve(name);
		BasicFileAttributes values = Files.readAttributes(canonical, BasicFileAttributes.class,
				LinkOption.NOFOLLOW_LINKS);
		if (values.isSymbolicLink()) {
			return open(files, canonical.toRealPath(), mounts);
		}
		return new NioDirectory(files, canonical, identity(canonical, values), mounts);
	}

	static Object identity(Path directory) throws IOException {
		return identity(directory,
				Files.readAttributes(directory, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
	}

	/** The device and inode: others if something is mounted over the directory. */
	private static Object identity(Path directory, BasicFileAttributes values) throws IOException {
		if (!values.isDirectory()) {
			throw new NotDirectoryException(directory.toString());
		}
		Object key = values.fileKey();
		return (key != null) ? key : directory;
	}

	@Override
	Object look() throws IOException {
		return identity(path());
	}

	@Override
	Mount findMount(Object opened) throws IOException {
		return this.mounts.find(path(), opened);
	}

}
