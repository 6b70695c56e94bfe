package io.atomicwrite.test;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
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
 * tell every disk that a crash may leave. Lock files are not on the disk: nothing depends
 * on what a crash leaves of them. For one thread.
 */
public final class CrashFileOps implements FileOps {

	private static final int PIECES = 3;

	private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

	private final SortedSet<Path> directories;

	private final Map<Path, Integer> names;

	private final Map<Integer, Inode> inodes = new HashMap<>();

	private final Map<Path, Long> locks = new HashMap<>();

	private final List<CrashStep> steps = new ArrayList<>();

	private final Set<Kind> dropped = EnumSet.noneOf(Kind.class);

	private int lastInode;

	/**
	 * Creates a filesystem.
	 * @param image what is on it
	 */
	public CrashFileOps(CrashImage image) {
		this.directories = new TreeSet<>(image.directories());
		this.names = new TreeMap<>(image.names());
		image.files().forEach((number, content) -> {
			this.inodes.put(number, new Inode(content.text(), content.attributes()));
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

	/** Notes that the caller was told that all before is durable. */
	public void acknowledge() {
		this.steps.add(CrashStep.acknowledgement());
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

	private Inode inode(Path file) throws IOException {
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
		Inode inode = (number != null) ? this.inodes.get(number) : null;
		int links = (int) this.names.values().stream().filter((other) -> other.equals(number)).count();
		return new FileStat(kind, (inode != null) ? inode.text.length() : 0, (inode != null) ? inode.mode : 0755, 0, 0,
				1, (number != null) ? number : 1000 + path.hashCode(), Math.max(links, 1), TIME, TIME);
	}

	@Override
	public FileStat.@Nullable Kind kind(Path path) {
		if (isDirectory(path)) {
			return FileStat.Kind.DIRECTORY;
		}
		return (this.names.containsKey(path) || this.locks.containsKey(path)) ? FileStat.Kind.REGULAR : null;
	}

	@Override
	public boolean exists(Path path) {
		return kind(path) != null;
	}

	@Override
	public long size(Path file) throws IOException {
		Long size = this.locks.get(file);
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
		for (Path name : List.copyOf(this.names.keySet())) {
			if (directory.equals(name.getParent())) {
				visitor.visit(name.getFileName().toString());
			}
		}
	}

	@Override
	public FileHandle createExclusive(Path file, int mode) throws IOException {
		requireFree(file);
		int number = ++this.lastInode;
		Inode inode = new Inode("", Map.of());
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
		return new FileHandle() {

			@Override
			public void write(ByteBuffer bytes) {
				String text = StandardCharsets.ISO_8859_1.decode(bytes).toString();
				CrashFileOps.this.inodes.get(number).text += text;
				int piece = Math.max(1, (text.length() + PIECES - 1) / PIECES);
				for (int start = 0; start < text.length(); start += piece) {
					step(CrashStep.write(file, number, text.substring(start, Math.min(start + piece, text.length()))));
				}
			}

			@Override
			public void sync() {
				step(CrashStep.of(Kind.SYNC, file, null, number));
			}

			@Override
			public boolean tryLock() {
				return true;
			}

			@Override
			public void close() {
				// nothing is held
			}

		};
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
		if (this.locks.remove(path) != null) {
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
		if (!create && !this.locks.containsKey(file)) {
			throw new NoSuchFileException(file.toString());
		}
		this.locks.putIfAbsent(file, 0L);
		return new CrashLockFile(this.locks, file);
	}

	@Override
	public OptionalLong lockHolder(FileStat file) {
		return OptionalLong.empty();
	}

	private static final class Inode {

		private String text;

		private final Map<String, String> attributes;

		private int mode = 0644;

		Inode(String text, Map<String, String> attributes) {
			this.text = text;
			this.attributes = new HashMap<>(attributes);
		}

	}

}
