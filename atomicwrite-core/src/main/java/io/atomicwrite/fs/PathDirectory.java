package io.atomicwrite.fs;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.atomicwrite.fs.FileOps.NameVisitor;
import org.jspecify.annotations.Nullable;

/**
 * A directory whose calls are calls of {@link FileOps} on its path with the name
 * appended.
 */
class PathDirectory implements Directory {

	/**
	 * Where a look after a sync shows nothing, because nothing can be lost. xfs that was
	 * shut down by an error reports success of each further sync, and fails any look. Any
	 * other may be like it or lie upon it.
	 */
	private static final Set<String> LOOK_IS_VAIN = Set.of("tmpfs", "ramfs");

	/** How long the status at the opening serves. */
	private static final long RECENT_NANOS = 500_000_000L;

	private static final Set<FileTrait> INHERITED = EnumSet.of(FileTrait.ACCESS_LIST);

	/** As many names as one operation has in a directory, and a power of two. */
	private static final int RECENT = 4;

	private final FileOps files;

	private final Path path;

	/** The names of the last calls, as making a path costs as much as a short call. */
	private final @Nullable Named[] recent = new Named[RECENT];

	private int next;

	private final Object identity;

	private final FileStat opened;

	private final long openedAt = System.nanoTime();

	private volatile @Nullable Mount mount;

	/**
	 * Creates a directory.
	 * @param files the operations
	 * @param path the canonical path
	 * @param identity what {@link #look()} returns as long as the path leads there
	 * @param opened the status of the directory
	 */
	PathDirectory(FileOps files, Path path, Object identity, FileStat opened) {
		this.files = files;
		this.path = path;
		this.identity = identity;
		this.opened = opened;
	}

	static PathDirectory open(FileOps files, Path canonical) throws IOException {
		FileStat stat = stat(files, canonical);
		return new PathDirectory(files, canonical, identity(stat), stat);
	}

	private static FileStat stat(FileOps files, Path directory) throws IOException {
		FileStat stat = files.stat(directory);
		if (stat == null) {
			throw new NoSuchFileException(directory.toString());
		}
		if (stat.kind() != FileStat.Kind.DIRECTORY) {
			throw new NotDirectoryException(directory.toString());
		}
		return stat;
	}

	private static Object identity(FileStat stat) {
		// both are 0 where the system numbers no files
		return List.of(stat.device(), stat.inode());
	}

	/** Returns what is equal as long as the path leads to the same directory. */
	Object look() throws IOException {
		return identity(stat(this.files, this.path));
	}

	/** Finds the mount of the directory that was opened. */
	Mount findMount(Object opened) throws IOException {
		return this.files.mount(this.path);
	}

	@Override
	public Path path() {
		return this.path;
	}

	@Override
	public Path path(String name) {
		for (Named known : this.recent) {
			// the same instance: whoever uses a name again has kept it
			if (known != null && known.name == name) {
				return known.path;
			}
		}
		Path entry = resolve(name);
		this.recent[this.next++ & (RECENT - 1)] = new Named(name, entry);
		return entry;
	}

	private Path resolve(String name) {
		if (name.isEmpty() || name.equals(".") || name.equals("..") || name.indexOf('/') >= 0
				|| name.contains(this.path.getFileSystem().getSeparator())) {
			throw new IllegalArgumentException("not the name of one entry of a directory: '" + name + "'");
		}
		return this.path.resolve(name);
	}

	@Override
	public final Mount mount() throws IOException {
		Mount known = this.mount;
		if (known == null) {
			known = findMount(this.identity);
			this.mount = known;
		}
		return known;
	}

	@Override
	public boolean isUnchanged() throws IOException {
		try {
			return look().equals(this.identity);
		}
		catch (NoSuchFileException | NotDirectoryException ex) {
			return false;
		}
	}

	@Override
	public void requireUnchanged() throws IOException {
		if (!look().equals(this.identity)) {
			throw new FileSystemException(this.path.toString(), null,
					"another directory has taken its place since it was opened");
		}
	}

	@Override
	public Directory open(String name) throws IOException {
		return this.files.open(path(name));
	}

	@Override
	public DirectoryHandle openSync() throws IOException {
		boolean looks = looksAfterSync();
		DirectoryHandle handle = this.files.openDirectory(this.path);
		return looks ? lookingAfterwards(handle) : handle;
	}

	/** Returns whether a look after a sync shows what the sync may hide. */
	final boolean looksAfterSync() throws IOException {
		return !LOOK_IS_VAIN.contains(mount().type());
	}

	private DirectoryHandle lookingAfterwards(DirectoryHandle handle) {
		return new DirectoryHandle() {

			@Override
			public void sync() throws IOException {
				handle.sync();
				PathDirectory.this.files.kind(PathDirectory.this.path);
			}

			@Override
			public void close() throws IOException {
				handle.close();
			}

		};
	}

	@Override
	public FileStat stat() throws IOException {
		FileStat stat = this.files.stat(this.path);
		if (stat == null) {
			throw new NoSuchFileException(this.path.toString());
		}
		return stat;
	}

	@Override
	public @Nullable FileStat stat(String name) throws IOException {
		return this.files.stat(path(name));
	}

	@Override
	public FileStat.@Nullable Kind kind(String name) throws IOException {
		return this.files.kind(path(name));
	}

	@Override
	public boolean exists(String name) throws IOException {
		return this.files.exists(path(name));
	}

	@Override
	public long size(String name) throws IOException {
		return this.files.size(path(name));
	}

	@Override
	public Path readLink(String name) throws IOException {
		return this.files.readLink(path(name));
	}

	@Override
	public InputStream openRead(String name) throws IOException {
		return this.files.openRead(path(name));
	}

	@Override
	public void list(NameVisitor visitor) throws IOException {
		this.files.list(this.path, visitor);
	}

	@Override
	public FileHandle createExclusive(String name, int mode) throws IOException {
		return this.files.createExclusive(path(name), mode);
	}

	@Override
	public FileHandle openForSync(String name) throws IOException {
		return this.files.openForSync(path(name));
	}

	@Override
	public void createDirectory(String name) throws IOException {
		this.files.createDirectory(path(name));
	}

	@Override
	public void rename(String name, Directory to, String newName) throws IOException {
		this.files.rename(path(name), to.path(newName));
	}

	@Override
	public void exchange(String name, String other) throws IOException {
		this.files.exchange(path(name), path(other));
	}

	@Override
	public void linkNew(String name, Directory to, String newName) throws IOException {
		this.files.linkNew(path(name), to.path(newName));
	}

	@Override
	public void createSymbolicLink(String name, Path content) throws IOException {
		this.files.createSymbolicLink(path(name), content);
	}

	@Override
	public void delete(String name) throws IOException {
		this.files.delete(path(name));
	}

	@Override
	public boolean tryDelete(String name) throws IOException {
		return this.files.tryDelete(path(name));
	}

	@Override
	public void setMode(String name, int mode) throws IOException {
		this.files.setMode(path(name), mode);
	}

	@Override
	public void setOwner(String name, int uid, int gid) throws IOException {
		this.files.setOwner(path(name), uid, gid);
	}

	@Override
	public Map<String, byte[]> userAttributes(String name) throws IOException {
		return this.files.userAttributes(path(name));
	}

	@Override
	public void setUserAttribute(String name, String attribute, byte[] value) throws IOException {
		this.files.setUserAttribute(path(name), attribute, value);
	}

	@Override
	public FileTraits traits(String name, FileStat stat, Set<FileTrait> wanted) throws IOException {
		return this.files.traits(path(name), stat, mount(), wanted);
	}

	@Override
	public FileTraits inheritedTraits() throws IOException {
		FileStat stat = (System.nanoTime() - this.openedAt < RECENT_NANOS) ? this.opened : stat(this.files, this.path);
		return this.files.traits(this.path, stat, mount(), INHERITED);
	}

	@Override
	public void carry(FileTrait trait, String name, Directory to, String other) throws IOException {
		this.files.carry(trait, path(name), to.path(other));
	}

	@Override
	public void dropAccessList(String name) throws IOException {
		this.files.dropAccessList(path(name));
	}

	@Override
	public void noteCreated(String name, FileStat created, FileTraits traits, boolean bare) {
		Mount known = this.mount;
		if (known != null) {
			this.files.noteCreated(path(name), created, known, traits, bare);
		}
	}

	@Override
	public boolean isKnownBare(String name, FileStat stat) {
		return this.files.isKnownBare(path(name), stat);
	}

	@Override
	public LockFile openLockFile(String name, int mode, boolean create) throws IOException {
		return this.files.openLockFile(path(name), mode, create);
	}

	@Override
	public void close() {
		// holds nothing of the system's
	}

	@Override
	public String toString() {
		return this.path.toString();
	}

	private record Named(String name, Path path) {
	}

}
