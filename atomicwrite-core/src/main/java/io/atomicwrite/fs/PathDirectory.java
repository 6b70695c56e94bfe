package io.atomicwrite.fs;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
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

	/** As many names as one operation has in a directory, and a power of two. */
	private static final int RECENT = 4;

	private final FileOps files;

	private final Path path;

	/** The names of the last calls, as making a path costs as much as a short call. */
	private final @Nullable Named[] recent = new Named[RECENT];

	private int next;

	private final Object identity;

	private volatile @Nullable Mount mount;

	/**
	 * Creates a directory.
	 * @param files the operations
	 * @param path the canonical path
	 * @param identity what {@link #look()} returns as long as the path leads there
	 */
	PathDirectory(FileOps files, Path path, Object identity) {
		this.files = files;
		this.path = path;
		this.identity = identity;
	}

	static PathDirectory open(FileOps files, Path canonical) throws IOException {
		return new PathDirectory(files, canonical, look(files, canonical));
	}

	private static Object look(FileOps files, Path directory) throws IOException {
		FileStat stat = files.stat(directory);
		if (stat == null) {
			throw new NoSuchFileException(directory.toString());
		}
		if (stat.kind() != FileStat.Kind.DIRECTORY) {
			throw new NotDirectoryException(directory.toString());
		}
		// both are 0 where the system numbers no files
		return List.of(stat.device(), stat.inode());
	}

	/** Returns what is equal as long as the path leads to the same directory. */
	Object look() throws IOException {
		return look(this.files, this.path);
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
		boolean vain = LOOK_IS_VAIN.contains(mount().type());
		DirectoryHandle handle = this.files.openDirectory(this.path);
		return vain ? handle : lookingAfterwards(handle);
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
	public @Nullable FileStat stat(String name) throws IOException {
		return this.files.stat(path(name));
	}

	@Override
	public FileStat.@Nullable Kind kind(String name) throws IOException {
		return this.files.kind(path(name));
	}

	@Override
	public boolean exists(String name) {
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
	public void linkNew(String name, Directory to, String newName) throws IOException {
		this.files.linkNew(path(name), to.path(newName));
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
