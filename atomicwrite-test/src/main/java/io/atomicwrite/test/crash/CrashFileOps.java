package io.atomicwrite.test.crash;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessMode;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.atomicwrite.Capability;
import io.atomicwrite.fs.DirectoryHandle;
import io.atomicwrite.fs.FileHandle;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.FileOps.DiskSpace;
import io.atomicwrite.fs.FileStat;
import io.atomicwrite.fs.FileTrait;
import io.atomicwrite.fs.FileTraits;
import io.atomicwrite.fs.LockFile;
import io.atomicwrite.fs.Mount;
import io.atomicwrite.test.crash.CrashStep.Kind;
import org.jspecify.annotations.Nullable;

/**
 * A filesystem in memory that records each change, so that {@link CrashStates} can list
 * every disk that a crash may leave. Lock files exclude each other, but a crash takes
 * them along: nothing depends on what it leaves of them. For one thread at a time.
 */
public final class CrashFileOps implements FileOps {

	private final CrashTree tree;

	private final List<CrashStep> steps = new ArrayList<>();

	private final Set<Kind> dropped = EnumSet.noneOf(Kind.class);

	private int pieces = 3;

	private String type = "ext4";

	/**
	 * Creates a filesystem.
	 * @param image what is on it
	 */
	public CrashFileOps(CrashImage image) {
		this.tree = new CrashTree(image);
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

	/**
	 * Sets the type that the mount table shows, and with it what the engine expects of
	 * the filesystem. Unless set, it is an ext4 whose journal is not visible.
	 * @param type the type, such as {@code xfs}, which is expected to keep the order of
	 * names: a crash of it is {@link CrashStates.Profile#ORDERED}
	 * @return these operations
	 */
	public CrashFileOps mountedAs(String type) {
		this.type = type;
		return this;
	}

	/** Notes that all before was reported to the caller as durable. */
	public void acknowledge() {
		acknowledge("");
	}

	/**
	 * Notes that its change was reported to one of some callers as durable.
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
		return this.tree.names.keySet().stream().filter(this.tree::isLockFile).collect(Collectors.toUnmodifiableSet());
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
		return this.tree.image();
	}

	/** Frees the locks of processes that were killed; what they wrote stays visible. */
	public void releaseLocks() {
		this.tree.inodes.values().forEach((inode) -> inode.holder = null);
	}

	/**
	 * Returns whether somebody has a lock on a file.
	 * @param file the file
	 * @return whether another process would not get it
	 * @throws IOException if there is no such file
	 */
	public boolean isLocked(Path file) throws IOException {
		return this.tree.inode(file).holder != null;
	}

	void step(CrashStep step) {
		if (!this.dropped.contains(step.kind())) {
			this.steps.add(step);
		}
	}

	/** Takes down what was written, in the pieces in which it may reach the disk. */
	void written(Path file, CrashInode inode, String text) {
		inode.changed = this.tree.now();
		inode.modified = inode.changed;
		int piece = Math.max(1, (text.length() + this.pieces - 1) / this.pieces);
		for (int start = 0; start < text.length(); start += piece) {
			step(CrashStep.write(file, inode.number, text.substring(start, Math.min(start + piece, text.length()))));
		}
	}

	@Override
	public Set<Capability> capabilities() {
		return FileOps.system().capabilities();
	}

	@Override
	public Mount mount(Path canonical) {
		return new Mount(Path.of("/"), this.type, "/dev/disk", List.of("rw"));
	}

	@Override
	public boolean isMountPoint(Path canonical) {
		return false;
	}

	@Override
	public void checkAccess(Path path, AccessMode... modes) throws IOException {
		// whoever is root may do everything
		this.tree.inode(this.tree.end(path));
	}

	@Override
	public DiskSpace space(Path path) throws IOException {
		this.tree.inode(this.tree.end(path));
		return new DiskSpace(1L << 30, 1L << 30, OptionalLong.empty());
	}

	@Override
	public Path canonical(Path existing) throws IOException {
		Path canonical = this.tree.end(existing.toAbsolutePath()).normalize();
		this.tree.inode(canonical);
		return canonical;
	}

	@Override
	public @Nullable FileStat stat(Path path) throws IOException {
		return this.tree.stat(this.tree.place(path));
	}

	@Override
	public FileStat.@Nullable Kind kind(Path path) throws IOException {
		return this.tree.kind(this.tree.place(path));
	}

	@Override
	public boolean exists(Path path) throws IOException {
		return this.tree.exists(this.tree.end(path));
	}

	@Override
	public long size(Path file) throws IOException {
		return this.tree.inode(this.tree.end(file)).size();
	}

	@Override
	public Path readLink(Path link) throws IOException {
		CrashInode inode = this.tree.inode(this.tree.place(link));
		if (!inode.link) {
			throw new NotLinkException(link.toString());
		}
		return Path.of(inode.text);
	}

	@Override
	public InputStream openRead(Path file) throws IOException {
		Path end = this.tree.end(file);
		if (this.tree.kind(end) == FileStat.Kind.DIRECTORY) {
			throw CrashTree.error(file, "Is a directory");
		}
		return new ByteArrayInputStream(this.tree.inode(end).bytes());
	}

	@Override
	public void list(Path directory, NameVisitor visitor) throws IOException {
		Path end = this.tree.end(directory);
		this.tree.requireDirectory(end);
		for (String name : this.tree.namesIn(end)) {
			visitor.visit(name);
		}
	}

	@Override
	public FileHandle createExclusive(Path file, int mode) throws IOException {
		Path place = this.tree.place(file);
		this.tree.requireFree(place);
		CrashInode inode = this.tree.create(place, mode);
		step(CrashStep.of(Kind.CREATE, place, null, inode.number));
		return new CrashFileHandle(place, inode, this, false);
	}

	@Override
	public FileHandle openForSync(Path file) throws IOException {
		Path place = this.tree.placeOfNoLink(file);
		return new CrashFileHandle(place, this.tree.inode(place), this, true);
	}

	@Override
	public DirectoryHandle openDirectory(Path directory) throws IOException {
		Path end = this.tree.end(directory);
		this.tree.requireDirectory(end);
		return new CrashDirectoryHandle(end, this);
	}

	@Override
	public void createDirectory(Path directory) throws IOException {
		Path place = this.tree.place(directory);
		this.tree.requireFree(place);
		this.tree.directories.add(place);
		step(CrashStep.of(Kind.MAKE_DIRECTORY, place, null, 0));
	}

	@Override
	public void rename(Path from, Path to) throws IOException {
		Path source = this.tree.place(from);
		Path target = this.tree.place(to);
		CrashInode inode = this.tree.inode(source);
		if (this.tree.isDirectory(source)) {
			throw new UnsupportedOperationException("directories are not renamed here: " + source);
		}
		FileStat.Kind replaced = this.tree.kind(target);
		if (replaced == FileStat.Kind.DIRECTORY) {
			throw CrashTree.error(target, "Is a directory");
		}
		if (replaced == null) {
			this.tree.requireFree(target);
		}
		else if (inode.isLockFile() && !this.tree.isLockFile(target)) {
			throw new UnsupportedOperationException("a lock file over another file: " + target);
		}
		// rename(2): between two names of one file it does nothing
		CrashInode old = (replaced != null) ? this.tree.inode(target, replaced) : null;
		if (old != inode) {
			if (old != null) {
				old.changed = this.tree.now();
			}
			this.tree.names.remove(source);
			this.tree.names.put(target, inode.number);
			inode.changed = this.tree.now();
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
	public void linkNew(Path file, Path other) throws IOException {
		Path source = this.tree.place(file);
		Path name = this.tree.place(other);
		CrashInode inode = this.tree.inode(source);
		if (this.tree.isDirectory(source)) {
			throw CrashTree.error(source, "Operation not permitted");
		}
		this.tree.requireFree(name);
		this.tree.names.put(name, inode.number);
		inode.changed = this.tree.now();
		stepUnlessLock(inode, CrashStep.of(Kind.LINK, source, name, inode.number));
	}

	@Override
	public void createSymbolicLink(Path link, Path content) throws IOException {
		Path place = this.tree.place(link);
		this.tree.requireFree(place);
		CrashInode inode = this.tree.createLink(place, content.toString());
		step(CrashStep.symbolicLink(place, inode.number, inode.text));
	}

	@Override
	public void delete(Path name) throws IOException {
		Path path = this.tree.place(name);
		CrashInode inode = this.tree.inode(path);
		if (this.tree.isDirectory(path)) {
			if (!this.tree.namesIn(path).isEmpty()) {
				throw new DirectoryNotEmptyException(path.toString());
			}
			this.tree.directories.remove(path);
			this.tree.directoryNumbers.remove(path);
		}
		else {
			this.tree.names.remove(path);
			inode.changed = this.tree.now();
		}
		stepUnlessLock(inode, CrashStep.of(Kind.DELETE, path, null, 0));
	}

	@Override
	public void setMode(Path file, int mode) throws IOException {
		CrashInode inode = this.tree.inode(this.tree.end(file));
		inode.mode = mode;
		inode.changed = this.tree.now();
	}

	@Override
	public void setOwner(Path name, int uid, int gid) throws IOException {
		Path file = this.tree.place(name);
		CrashInode inode = this.tree.inode(file);
		inode.own(uid, gid, this.tree.isDirectory(file));
		inode.changed = this.tree.now();
	}

	@Override
	public Map<String, byte[]> userAttributes(Path file) throws IOException {
		return this.tree.inode(this.tree.end(file)).attributeBytes();
	}

	@Override
	public void setUserAttribute(Path path, String name, byte[] value) throws IOException {
		Path file = this.tree.end(path);
		String text = new String(value, StandardCharsets.ISO_8859_1);
		CrashInode inode = this.tree.file(file);
		inode.attributes.put(name, text);
		inode.changed = this.tree.now();
		step(CrashStep.attribute(file, inode.number, name, text));
	}

	/** There is nothing of that kind here. */
	@Override
	public FileTraits traits(Path file, FileStat stat, Mount mount, Set<FileTrait> wanted) {
		return FileTraits.NONE;
	}

	@Override
	public LockFile openLockFile(Path path, int mode, boolean create) throws IOException {
		Path file = this.tree.placeOfNoLink(path);
		FileStat.Kind kind = this.tree.kind(file);
		if (kind == FileStat.Kind.DIRECTORY) {
			throw CrashTree.error(file, "Is a directory");
		}
		if (kind == null && create) {
			this.tree.requireFree(file);
			this.tree.createLockFile(file, mode);
		}
		return new CrashLockFile(this.tree.inode(file));
	}

	@Override
	public OptionalLong lockHolder(FileStat file) {
		return OptionalLong.empty();
	}

}
