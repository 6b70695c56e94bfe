package io.atomicwrite.fs;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A directory of the default filesystem of the JDK. One look at it serves to open it, to
 * know it again, to find its mount and to know when it was changed.
 */
final class NioDirectory extends PathDirectory {

	private static final String KEY = "fileKey";

	private static final boolean UNIX = FileSystems.getDefault().supportedFileAttributeViews().contains("unix");

	private final Mounts mounts;

	private NioDirectory(FileOps files, Path canonical, Seen seen, Mounts mounts) {
		super(files, canonical, seen.identity(canonical), seen.stat);
		this.mounts = mounts;
	}

	static NioDirectory open(FileOps files, Path canonical, Mounts mounts) throws IOException {
		return new NioDirectory(files, canonical, Seen.at(canonical).requireDirectory(canonical), mounts);
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
		Seen seen = Seen.at(canonical);
		if (seen.stat.isLink()) {
			return open(files, canonical.toRealPath(), mounts);
		}
		return new NioDirectory(files, canonical, seen.requireDirectory(canonical), mounts);
	}

	@Override
	Object look() throws IOException {
		BasicFileAttributes values = Files.readAttributes(path(), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
		if (!values.isDirectory()) {
			throw new NotDirectoryException(path().toString());
		}
		Object key = values.fileKey();
		return (key != null) ? key : path();
	}

	@Override
	Mount findMount(Object opened) throws IOException {
		return this.mounts.find(path(), opened);
	}

	/**
	 * What one look at a path has shown.
	 *
	 * @param key the device and inode: others if something is mounted over the directory
	 * @param stat the status
	 */
	private record Seen(@Nullable Object key, FileStat stat) {

		static Seen at(Path path) throws IOException {
			if (!UNIX) {
				return new Seen(null, NioFileOps.basicStat(path));
			}
			Map<String, Object> values = Files.readAttributes(path, NioFileOps.UNIX_ATTRIBUTES + "," + KEY,
					LinkOption.NOFOLLOW_LINKS);
			return new Seen(values.get(KEY), NioFileOps.unixStat(values));
		}

		Seen requireDirectory(Path path) throws IOException {
			if (this.stat.kind() != FileStat.Kind.DIRECTORY) {
				throw new NotDirectoryException(path.toString());
			}
			return this;
		}

		Object identity(Path path) {
			return (this.key != null) ? this.key : path;
		}

	}

}
