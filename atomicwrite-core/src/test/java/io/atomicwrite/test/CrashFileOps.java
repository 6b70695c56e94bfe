package io.atomicwrite.test;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessMode;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
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

	private final SortedSet<Path> directories;

	private final Map<Path, Integer> names;

	private final Map<Integer, CrashInode> inodes = new HashMap<>();

	private final CrashLocks locks = new CrashLocks();

	private final List<CrashStep> steps = new ArrayList<>();

	private final Set<Kind> dropped = EnumSet.noneOf(Kind.class);

	private int lastInode;

	private int pieces = 3;

	/**
	 * Creates a filesystem.
	 * @param image what is on it
	 */
	public CrashFileOps(CrashImage image) {
		this.directories = new TreeSet<>(image.directories());
		this.names = new TreeMap<>(image.names());
		image.files().forEach((number, content) -> {
			this.inodes.put(number, new CrashInode(content.text(), content.attributes()));
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
		return Set.copyOf(this.locks.names());
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
		this.inodes
			.forEach((number, inode) -> contents.put(number, new CrashImage.Content(inode.text, inode.attributes)));
		return CrashImage.of(this.directories, this.names, contents);
	}

	/** Frees the locks of processes that were killed; what they wrote stays visible. */
	public void releaseLocks() {
		this.locks.release();
	}

	private void step(CrashStep step) {
		if (!this.dropped.contains(step.kind())) {
			this.steps.add(step);
		}
	}

	private int number(Path file) throws IOException {
		Integer number = this.names.get(file);
		if (number == null) {
			throw new NoSuchFileException(file.toString());
		}
		return number;
	}

	private CrashInode inode(Path file) throws IOException {
		return this.inodes.get(number(file));
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
	public void checkAccess(Path path, AccessMode... modes) {
		// everything is allowed
	}

	@Override
	public DiskSpace space(Path path) {
		return new DiskSpace(1L << 30, 1L << 30, OptionalLong.empty());
	}

	@Override
	public Path canonical(Path existing) throws IOException {
		if (kind(existing) == null) {
			throw new NoSuchFileException(existing.toString());
		}
		return existing;
	}

	@Override
	public @Nullable FileStat stat(Path path) {
		FileStat.Kind kind = kind(path);
		if (kind == null) {
			return null;
		}
		Integer number = this.names.get(path);
		CrashInode inode = (number != null) ? this.inodes.get(number) : null;
		int links = (int) this.names.values().stream().filter((other) -> other.equals(number)).count();
		return new FileStat(kind, (inode != null) ? inode.text.length() : 0, (inode != null) ? inode.mode : 0755, 0, 0,
				1, (number != null) ? number : 1000 + path.hashCode(), Math.max(links, 1), TIME, TIME);
	}

	@Override
	public FileStat.@Nullable Kind kind(Path path) {
		if (isDirectory(path)) {
			return FileStat.Kind.DIRECTORY;
		}
		return (this.names.containsKey(path) || this.locks.has(path)) ? FileStat.Kind.REGULAR : null;
	}

	@Override
	public boolean exists(Path path) {
		return kind(path) != null;
	}

	@Override
	public long size(Path file) throws IOException {
		Long size = this.locks.size(file);
		return (size != null) ? size : inode(file).text.length();
	}

	@Override
	public Path readLink(Path link) throws IOException {
		throw new NoSuchFileException(link.toString());
	}

	@Override
	public InputStream openRead(Path file) throws IOException {
		return new ByteArrayInputStream(inode(file).text.getBytes(StandardCharsets.ISO_8859_1));
	}

	@Override
	public void list(Path directory, NameVisitor visitor) throws IOException {
		List<Path> all = new ArrayList<>(this.names.keySet());
		all.addAll(this.directories);
		all.addAll(this.locks.names());
		for (Path name : all) {
			if (directory.equals(name.getParent())) {
				visitor.visit(name.getFileName().toString());
			}
		}
	}

	@Override
	public FileHandle createExclusive(Path file, int mode) throws IOException {
		requireFree(file);
		int number = ++this.lastInode;
		CrashInode inode = new CrashInode("", Map.of());
		inode.mode = mode;
		this.inodes.put(number, inode);
		this.names.put(file, number);
		step(CrashStep.of(Kind.CREATE, file, null, number));
		return handle(file, number);
	}

	@Override
	public FileHandle openForSync(Path file) throws IOException {
		return handle(file, number(file));
	}

	private FileHandle handle(Path file, int number) {
		return new CrashFileHandle(file, number, this.inodes.get(number), this.pieces, this::step);
	}

	@Override
	public DirectoryHandle openDirectory(Path directory) throws IOException {
		if (!isDirectory(directory)) {
			throw new NoSuchFileException(directory.toString());
		}
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
		int number = number(source);
		// rename(2): between two names of one file it does nothing
		if (!Integer.valueOf(number).equals(this.names.get(target))) {
			this.names.remove(source);
			this.names.put(target, number);
			step(CrashStep.of(Kind.RENAME, source, target, number));
		}
	}

	@Override
	public void linkNew(Path source, Path name) throws IOException {
		int number = number(source);
		requireFree(name);
		this.names.put(name, number);
		step(CrashStep.of(Kind.LINK, source, name, number));
	}

	@Override
	public void delete(Path path) throws IOException {
		if (this.locks.remove(path)) {
			return;
		}
		if (!this.directories.remove(path)) {
			number(path);
			this.names.remove(path);
		}
		step(CrashStep.of(Kind.DELETE, path, null, 0));
	}

	@Override
	public void setMode(Path file, int mode) throws IOException {
		inode(file).mode = mode;
	}

	@Override
	public void setOwner(Path file, int uid, int gid) {
		// one user
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
		inode(file).attributes.put(name, text);
		step(CrashStep.attribute(file, number(file), name, text));
	}

	@Override
	public LockFile openLockFile(Path file, int mode, boolean create) throws IOException {
		if (this.names.containsKey(file)) {
			return this.locks.open(number(file));
		}
		if (!create && !this.locks.has(file)) {
			throw new NoSuchFileException(file.toString());
		}
		return this.locks.open(file);
	}

	@Override
	public OptionalLong lockHolder(FileStat file) {
		return OptionalLong.empty();
	}

}
