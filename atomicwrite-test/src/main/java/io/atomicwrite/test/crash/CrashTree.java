package io.atomicwrite.test.crash;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

import io.atomicwrite.fs.FileStat;
import org.jspecify.annotations.Nullable;

/**
 * The names in memory, and the files and directories that they lead to, as programs see
 * them now.
 */
final class CrashTree {

	private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

	/** Where the numbers begin of what is in no image: lock files and directories. */
	private static final int APART = 1 << 20;

	private static final int LONGEST_NAME = 255;

	private static final int MOST_LINKS = 40;

	private static final Path ROOT = Path.of("/");

	final SortedSet<Path> directories;

	final Map<Path, Integer> directoryNumbers = new HashMap<>();

	final Map<Path, Integer> names;

	final Map<Integer, CrashInode> inodes = new HashMap<>();

	/** Whether there may be symbolic links, which paths are to be followed through. */
	private boolean linked;

	private int lastInode;

	private int lastApart = APART;

	private long ticks;

	CrashTree(CrashImage image) {
		this.directories = new TreeSet<>(image.directories());
		this.names = new TreeMap<>(image.names());
		image.files().forEach((number, content) -> {
			this.inodes.put(number, content.link() ? CrashInode.symbolicLink(number, content.text(), TIME)
					: new CrashInode(number, content.text(), content.attributes(), 0644, TIME));
			this.linked |= content.link();
			this.lastInode = Math.max(this.lastInode, number);
		});
	}

	/** Without the lock files, which a crash takes along. */
	CrashImage image() {
		Map<Integer, CrashImage.Content> contents = new HashMap<>();
		this.inodes.forEach((number, inode) -> {
			if (!inode.isLockFile()) {
				contents.put(number, inode.content());
			}
		});
		return CrashImage.of(this.directories, this.names, contents);
	}

	/** The last names of all that is directly in a directory. */
	List<String> namesIn(Path directory) {
		List<Path> all = new ArrayList<>(this.names.keySet());
		all.addAll(this.directories);
		return all.stream()
			.filter((path) -> directory.equals(path.getParent()))
			.map((path) -> path.getFileName().toString())
			.toList();
	}

	CrashInode create(Path file, int mode) {
		return add(file, new CrashInode(++this.lastInode, "", Map.of(), mode, now()));
	}

	CrashInode createLink(Path link, String target) {
		this.linked = true;
		return add(link, CrashInode.symbolicLink(++this.lastInode, target, now()));
	}

	CrashInode createLockFile(Path file, int mode) {
		return add(file, CrashInode.lockFile(++this.lastApart, mode, now()));
	}

	private CrashInode add(Path file, CrashInode inode) {
		this.inodes.put(inode.number, inode);
		this.names.put(file, inode.number);
		return inode;
	}

	Instant now() {
		return TIME.plusNanos(++this.ticks);
	}

	boolean isLockFile(Path path) {
		Integer number = this.names.get(path);
		return number != null && number > APART;
	}

	boolean isLink(Path path) {
		Integer number = this.names.get(path);
		CrashInode inode = (number != null) ? this.inodes.get(number) : null;
		return inode != null && inode.link;
	}

	/** Where a name is: links on the way are followed, and one at the name is not. */
	Path place(Path path) throws IOException {
		return this.linked ? follow(path, false) : path;
	}

	/** Where a path leads to, all links followed. */
	Path end(Path path) throws IOException {
		return this.linked ? follow(path, true) : path;
	}

	/** The place of a name as open(2) finds it with O_NOFOLLOW. */
	Path placeOfNoLink(Path path) throws IOException {
		Path place = place(path);
		if (isLink(place)) {
			throw error(path, "Too many levels of symbolic links");
		}
		return place;
	}

	/** As path_resolution(7) does. */
	private Path follow(Path path, boolean last) throws IOException {
		Deque<Path> ahead = new ArrayDeque<>();
		path.forEach(ahead::add);
		Path at = ROOT;
		int links = 0;
		while (!ahead.isEmpty()) {
			Path next = at.resolve(ahead.pop()).normalize();
			if (!isLink(next) || (ahead.isEmpty() && !last)) {
				at = next;
				continue;
			}
			if (++links > MOST_LINKS) {
				throw error(path, "Too many levels of symbolic links");
			}
			Path target = Path.of(inode(next, FileStat.Kind.LINK).text);
			for (int i = target.getNameCount() - 1; i >= 0; i--) {
				ahead.push(target.getName(i));
			}
			at = target.isAbsolute() ? ROOT : at;
		}
		return at;
	}

	/** The file or directory of a name. */
	CrashInode inode(Path path) throws IOException {
		FileStat.Kind kind = kind(path);
		if (kind == null) {
			throw new NoSuchFileException(path.toString());
		}
		return inode(path, kind);
	}

	CrashInode inode(Path path, FileStat.Kind kind) {
		Integer number = (kind == FileStat.Kind.DIRECTORY)
				? this.directoryNumbers.computeIfAbsent(path, (directory) -> ++this.lastApart) : this.names.get(path);
		return this.inodes.computeIfAbsent(number, (absent) -> new CrashInode(absent, "", Map.of(), 0755, TIME));
	}

	/** A file that is no lock file; only these may be reported to the disk. */
	CrashInode file(Path path) throws IOException {
		CrashInode inode = inode(path);
		if (inode.number > APART) {
			throw new UnsupportedOperationException("not of lock files and directories: " + path);
		}
		return inode;
	}

	void requireFree(Path path) throws IOException {
		if (kind(path) != null) {
			throw new FileAlreadyExistsException(path.toString());
		}
		if (path.getParent() == null || !isDirectory(path.getParent())) {
			throw new NoSuchFileException(path.toString());
		}
	}

	void requireDirectory(Path directory) throws IOException {
		FileStat.Kind kind = kind(directory);
		if (kind == null) {
			throw new NoSuchFileException(directory.toString());
		}
		if (kind != FileStat.Kind.DIRECTORY) {
			throw new NotDirectoryException(directory.toString());
		}
	}

	boolean isDirectory(Path path) {
		return path.getParent() == null || this.directories.contains(path);
	}

	boolean exists(Path path) {
		return isDirectory(path) || this.names.containsKey(path);
	}

	FileStat.@Nullable Kind kind(Path path) throws IOException {
		if (isDirectory(path)) {
			return FileStat.Kind.DIRECTORY;
		}
		if (this.names.containsKey(path)) {
			return isLink(path) ? FileStat.Kind.LINK : FileStat.Kind.REGULAR;
		}
		if (path.getFileName().toString().getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
			throw error(path, "File name too long");
		}
		if (this.names.containsKey(path.getParent())) {
			throw error(path, "Not a directory");
		}
		return null;
	}

	@Nullable FileStat stat(Path path) throws IOException {
		FileStat.Kind kind = kind(path);
		if (kind == null) {
			return null;
		}
		CrashInode inode = inode(path, kind);
		int links = (int) this.names.values().stream().filter((other) -> other == inode.number).count();
		return new FileStat(kind, inode.size(), inode.mode, inode.uid, inode.gid, 1, inode.number, Math.max(links, 1),
				inode.modified, inode.changed);
	}

	static IOException error(Path path, String text) {
		return new FileSystemException(path.toString(), null, text);
	}

}
