package io.atomicwrite.test;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessMode;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.atomicwrite.Capability;
import io.atomicwrite.fs.DirectoryHandle;
import io.atomicwrite.fs.DiskSpace;
import io.atomicwrite.fs.FileHandle;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.FileStat;
import io.atomicwrite.fs.LockFile;
import io.atomicwrite.fs.Mount;
import io.atomicwrite.test.CrashStep.Kind;
import org.jspecify.annotations.Nullable;

/**
 * A filesystem in memory that writes down each change, so that {@link CrashStates} can
 * tell every disk that a crash may leave. Lock files exclude each other, but a crash
 * takes them along: nothing depends on what it leaves of them. For one thread at a time.
 */
public final class CrashFileOps implements FileOps {

	private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

	/** Where the numbers begin of what is in no image: lock files and directories. */
	private static final int APART = 1 << 20;

	private static final int LONGEST_NAME = 255;

	private static final int SET_UID = 04000;

	private static final int SET_GID = 02000;

	private static final int GROUP_EXECUTES = 010;

	private final SortedSet<Path> directories;

	private final Map<Path, Integer> directoryNumbers = new HashMap<>();

	private final Map<Path, Integer> names;

	private final Map<Integer, CrashInode> inodes = new HashMap<>();

	private final List<CrashStep> steps = new ArrayList<>();

	private final Set<Kind> dropped = EnumSet.noneOf(Kind.class);

	private int lastInode;

	private int lastApart = APART;

	private long ticks;

	private int pieces = 3;

	/**
	 * Creates a filesystem.
	 * @param image what is on it
	 */
	public CrashFileOps(CrashImage image) {
		this.directories = new TreeSet<>(image.directories());
		this.names = new TreeMap<>(image.names());
		image.files().forEach((number, content) -> {
			this.inodes.put(number, new CrashInode(number, content.text(), content.attributes(), 0644, TIME));
			this.lastInode = Math.max(this.lastInode, number);
		});
	}

	/**
	 * Creates a filesystem with empty directories.
	 * @param directories the directories
	 * @return the filesystem
	 */
	public static CrashFileOps empty(Path... directories) {
		SortedSet<Path> all = new TreeSet<>(List.of(directories));
		return new CrashFileOps(CrashImage.of(all, Map.of(), Map.of()));
	}

	/**
	 * Does nothing when asked for a kind of sync, as a filesystem does that lies.
	 * @param kind the kind
	 * @return these operations
	 */
	public CrashFileOps dropping(Kind kind) {
		this.dropped.add(kind);
		return this;
	}

	/**
	 * Sets in how many parts a write may reach the disk.
	 * @param count the number, 3 if this is not called
	 * @return these operations
	 */
	public CrashFileOps inPieces(int count) {
		this.pieces = count;
		return this;
	}

	/** Notes that the caller was told that all before is durable. */
	public void acknowledge() {
		acknowledge("");
	}

	/**
	 * Notes that one of some callers was told that its change is durable.
	 * @param what its change
	 */
	public void acknowledge(String what) {
		this.steps.add(CrashStep.acknowledgement(what));
	}

	/**
	 * Returns the lock files that are there now.
	 * @return their names
	 */
	public Set<Path> lockFiles() {
		return this.names.keySet().stream().filter(this::isLockFile).collect(Collectors.toUnmodifiableSet());
	}

	/**
	 * Returns the changes so far.
	 * @return the steps in order
	 */
	public List<CrashStep> steps() {
		return List.copyOf(this.steps);
	}

	/**
	 * Returns what programs see now.
	 * @return the image
	 */
	public CrashImage image() {
		Map<Integer, CrashImage.Content> contents = new HashMap<>();
		this.inodes.forEach((number, inode) -> {
			if (!inode.isLockFile()) {
				contents.put(number, new CrashImage.Content(inode.text, inode.attributes));
			}
		});
		return CrashImage.of(this.directories, this.names, contents);
	}

	/** Frees the locks of processes that were killed; what they wrote stays visible. */
	public void releaseLocks() {
		this.inodes.values().forEach((inode) -> inode.holder = null);
	}

	/**
	 * Returns whether somebody has a lock on a file.
	 * @param file the file
	 * @return whether another process would not get it
	 * @throws IOException if there is no such file
	 */
	public boolean isLocked(Path file) throws IOException {
		return inode(file).holder != null;
	}

	void step(CrashStep step) {
		if (!this.dropped.contains(step.kind())) {
			this.steps.add(step);
		}
	}

	/** Takes down what was written, in the pieces in which it may reach the disk. */
	void written(Path file, CrashInode inode, String text) {
		inode.changed = now();
		inode.modified = inode.changed;
		int piece = Math.max(1, (text.length() + this.pieces - 1) / this.pieces);
		for (int start = 0; start < text.length(); start += piece) {
			step(CrashStep.write(file, inode.number, text.substring(start, Math.min(start + piece, text.length()))));
		}
	}

	private Instant now() {
		return TIME.plusNanos(++this.ticks);
	}

	private boolean isLockFile(Path path) {
		Integer number = this.names.get(path);
		return number != null && number > APART;
	}

	/** The file or directory of a name. */
	private CrashInode inode(Path path) throws IOException {
		FileStat.Kind kind = kind(path);
		if (kind == null) {
			throw new NoSuchFileException(path.toString());
		}
		return inode(path, kind);
	}

	private CrashInode inode(Path path, FileStat.Kind kind) {
		Integer number = (kind == FileStat.Kind.DIRECTORY)
				? this.directoryNumbers.computeIfAbsent(path, (directory) -> ++this.lastApart) : this.names.get(path);
		return this.inodes.computeIfAbsent(number, (absent) -> new CrashInode(absent, "", Map.of(), 0755, TIME));
	}

	/** A file that is no lock file; only these may be reported to the disk. */
	private CrashInode file(Path path) throws IOException {
		CrashInode inode = inode(path);
		if (inode.number > APART) {
			throw new UnsupportedOperationException("not of lock files and directories: " + path);
		}
		return inode;
	}

	private void requireFree(Path path) throws IOException {
		if (kind(path) != null) {
			throw new FileAlreadyExistsException(path.toString());
		}
		if (path.getParent() == null || !isDirectory(path.getParent())) {
			throw new NoSuchFileException(path.toString());
		}
	}

	private boolean isDirectory(Path path) {
		return path.getParent() == null || this.directories.contains(path);
	}

	private static IOException error(Path path, String text) {
		return new FileSystemException(path.toString(), null, text);
	}

	@Override
	public Set<Capability> capabilities() {
		return FileOps.system().capabilities();
	}

	@Override
	public Mount mount(Path canonical) {
		return new Mount(Path.of("/"), "ext4", "/dev/disk", List.of("rw"));
	}

	@Override
	public boolean isMountPoint(Path canonical) {
		return false;
	}

	@Override
	public void checkAccess(Path path, AccessMode... modes) throws IOException {
		// whoever is root may do everything
		inode(path);
	}

	@Override
	public DiskSpace space(Path path) throws IOException {
		inode(path);
		return new DiskSpace(1L << 30, 1L << 30, OptionalLong.empty());
	}

	@Override
	public Path canonical(Path existing) throws IOException {
		Path canonical = existing.toAbsolutePath().normalize();
		inode(canonical);
		return canonical;
	}

	@Override
	public @Nullable FileStat stat(Path path) throws IOException {
		FileStat.Kind kind = kind(path);
		if (kind == null) {
			return null;
		}
		CrashInode inode = inode(path, kind);
		int links = (int) this.names.values().stream().filter((other) -> other == inode.number).count();
		return new FileStat(kind, inode.size(), inode.mode, inode.uid, inode.gid, 1, inode.number, Math.max(links, 1),
				inode.modified, inode.changed);
	}

	@Override
	public FileStat.@Nullable Kind kind(Path path) throws IOException {
		if (isDirectory(path)) {
			return FileStat.Kind.DIRECTORY;
		}
		if (this.names.containsKey(path)) {
			return FileStat.Kind.REGULAR;
		}
		if (path.getFileName().toString().getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
			throw error(path, "File name too long");
		}
		if (this.names.containsKey(path.getParent())) {
			throw error(path, "Not a directory");
		}
		return null;
	}

	@Override
	public boolean exists(Path path) {
		return isDirectory(path) || this.names.containsKey(path);
	}

	@Override
	public long size(Path file) throws IOException {
		return inode(file).size();
	}

	@Override
	public Path readLink(Path link) throws IOException {
		inode(link);
		throw new NotLinkException(link.toString());
	}

	@Override
	public InputStream openRead(Path file) throws IOException {
		if (kind(file) == FileStat.Kind.DIRECTORY) {
			throw error(file, "Is a directory");
		}
		return new ByteArrayInputStream(inode(file).bytes());
	}

	@Override
	public void list(Path directory, NameVisitor visitor) throws IOException {
		requireDirectory(directory);
		List<Path> all = new ArrayList<>(this.names.keySet());
		all.addAll(this.directories);
		for (Path name : all) {
			if (directory.equals(name.getParent())) {
				visitor.visit(name.getFileName().toString());
			}
		}
	}

	private void requireDirectory(Path directory) throws IOException {
		FileStat.Kind kind = kind(directory);
		if (kind == null) {
			throw new NoSuchFileException(directory.toString());
		}
		if (kind != FileStat.Kind.DIRECTORY) {
			throw new NotDirectoryException(directory.toString());
		}
	}

	@Override
	public FileHandle createExclusive(Path file, int mode) throws IOException {
		requireFree(file);
		CrashInode inode = new CrashInode(++this.lastInode, "", Map.of(), mode, now());
		this.inodes.put(inode.number, inode);
		this.names.put(file, inode.number);
		step(CrashStep.of(Kind.CREATE, file, null, inode.number));
		return new CrashFileHandle(file, inode, this, false);
	}

	@Override
	public FileHandle openForSync(Path file) throws IOException {
		return new CrashFileHandle(file, inode(file), this, true);
	}

	@Override
	public DirectoryHandle openDirectory(Path directory) throws IOException {
		requireDirectory(directory);
		return new DirectoryHandle() {

			@Override
			public void sync() {
				step(CrashStep.of(Kind.SYNC_DIRECTORY, directory, null, 0));
			}

			@Override
			public void close() {
				// nothing is held
			}

		};
	}

	@Override
	public void createDirectory(Path directory) throws IOException {
		requireFree(directory);
		this.directories.add(directory);
		step(CrashStep.of(Kind.MAKE_DIRECTORY, directory, null, 0));
	}

	@Override
	public void rename(Path source, Path target) throws IOException {
		CrashInode inode = inode(source);
		if (isDirectory(source)) {
			throw new UnsupportedOperationException("directories are not renamed here: " + source);
		}
		FileStat.Kind replaced = kind(target);
		if (replaced == FileStat.Kind.DIRECTORY) {
			throw error(target, "Is a directory");
		}
		if (replaced == null) {
			requireFree(target);
		}
		else if (inode.isLockFile() && !isLockFile(target)) {
			throw new UnsupportedOperationException("a lock file over another file: " + target);
		}
		// rename(2): between two names of one file it does nothing
		CrashInode old = (replaced != null) ? inode(target, replaced) : null;
		if (old != inode) {
			if (old != null) {
				old.changed = now();
			}
			this.names.remove(source);
			this.names.put(target, inode.number);
			inode.changed = now();
			stepUnlessLock(inode, CrashStep.of(Kind.RENAME, source, target, inode.number));
		}
	}

	/** What happens to a lock file is nothing that a disk keeps. */
	private void stepUnlessLock(CrashInode inode, CrashStep step) {
		if (!inode.isLockFile()) {
			step(step);
		}
	}

	@Override
	public void linkNew(Path source, Path name) throws IOException {
		CrashInode inode = inode(source);
		if (isDirectory(source)) {
			throw error(source, "Operation not permitted");
		}
		requireFree(name);
		this.names.put(name, inode.number);
		inode.changed = now();
		stepUnlessLock(inode, CrashStep.of(Kind.LINK, source, name, inode.number));
	}

	@Override
	public void delete(Path path) throws IOException {
		CrashInode inode = inode(path);
		if (isDirectory(path)) {
			if (Stream.concat(this.names.keySet().stream(), this.directories.stream())
				.anyMatch((name) -> path.equals(name.getParent()))) {
				throw new DirectoryNotEmptyException(path.toString());
			}
			this.directories.remove(path);
			this.directoryNumbers.remove(path);
		}
		else {
			this.names.remove(path);
			inode.changed = now();
		}
		stepUnlessLock(inode, CrashStep.of(Kind.DELETE, path, null, 0));
	}

	@Override
	public void setMode(Path file, int mode) throws IOException {
		CrashInode inode = inode(file);
		inode.mode = mode;
		inode.changed = now();
	}

	@Override
	public void setOwner(Path file, int uid, int gid) throws IOException {
		CrashInode inode = inode(file);
		inode.uid = uid;
		inode.gid = gid;
		if (!isDirectory(file)) {
			// chown(2)
			inode.mode &= ~(((inode.mode & GROUP_EXECUTES) != 0) ? SET_UID | SET_GID : SET_UID);
		}
		inode.changed = now();
	}

	@Override
	public Map<String, byte[]> userAttributes(Path file) throws IOException {
		Map<String, byte[]> values = new HashMap<>();
		inode(file).attributes.forEach((name, value) -> values.put(name, value.getBytes(StandardCharsets.ISO_8859_1)));
		return values;
	}

	@Override
	public void setUserAttribute(Path file, String name, byte[] value) throws IOException {
		String text = new String(value, StandardCharsets.ISO_8859_1);
		CrashInode inode = file(file);
		inode.attributes.put(name, text);
		inode.changed = now();
		step(CrashStep.attribute(file, inode.number, name, text));
	}

	@Override
	public LockFile openLockFile(Path file, int mode, boolean create) throws IOException {
		FileStat.Kind kind = kind(file);
		if (kind == FileStat.Kind.DIRECTORY) {
			throw error(file, "Is a directory");
		}
		if (kind == null && create) {
			requireFree(file);
			CrashInode inode = CrashInode.lockFile(++this.lastApart, mode, now());
			this.inodes.put(inode.number, inode);
			this.names.put(file, inode.number);
		}
		return new CrashLockFile(inode(file));
	}

	@Override
	public OptionalLong lockHolder(FileStat file) {
		return OptionalLong.empty();
	}

}
