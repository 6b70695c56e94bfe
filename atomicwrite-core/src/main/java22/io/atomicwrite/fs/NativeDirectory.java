package io.atomicwrite.fs;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;

/**
 * A directory by its descriptor: whatever takes its place at the path, each call is one
 * on the directory that was opened. Listing, reading, symbolic links and traits go by the
 * path still, as those of {@link NioFileOps}.
 */
final class NativeDirectory extends PathDirectory {

	private final NativeFileOps files;

	private final NativeDescriptor descriptor;

	private final boolean readable;

	private final AtomicBoolean closed = new AtomicBoolean();

	private NativeDirectory(NativeFileOps files, NativeDescriptor descriptor, Path canonical, FileStat opened,
			boolean readable) {
		super(files, canonical, Identity.of(opened), opened);
		this.files = files;
		this.descriptor = descriptor;
		this.readable = readable;
		files.opened();
	}

	/**
	 * Makes a directory of what a call has opened, and closes that if it fails.
	 * @param opened what the call has given
	 */
	static NativeDirectory of(NativeFileOps files, NativeOpen.Opened opened, Path canonical) throws IOException {
		if (opened.result() == -Errno.ENOTDIR) {
			throw new NotDirectoryException(canonical.toString());
		}
		NativeDescriptor descriptor = new NativeDescriptor((int) Errno.check(opened.result(), canonical), canonical);
		try {
			return new NativeDirectory(files, descriptor, canonical, status(descriptor), opened.readable());
		}
		catch (Throwable ex) {
			descriptor.close();
			throw ex;
		}
	}

	private static FileStat status(NativeDescriptor directory) throws IOException {
		try (Scratch scratch = Scratch.on(directory)) {
			Errno.check(NativeStat.look(scratch), directory.path());
			FileStat stat = NativeStat.stat(scratch);
			if (stat.links() == 0) {
				// deleted, and open still
				throw new NoSuchFileException(directory.path().toString());
			}
			return stat;
		}
	}

	@Override
	Object look() throws IOException {
		FileStat stat = NativeNames.stat(NativeDescriptor.WORKING_DIRECTORY, path().toString(), path());
		if (stat == null) {
			throw new NoSuchFileException(path().toString());
		}
		if (stat.kind() != FileStat.Kind.DIRECTORY) {
			throw new NotDirectoryException(path().toString());
		}
		return Identity.of(stat);
	}

	@Override
	Mount findMount(Object opened) throws IOException {
		return this.files.mounts().find(path(), opened);
	}

	@Override
	public Directory open(String name) throws IOException {
		Path path = path(name);
		if (this.files.isFull()) {
			return this.files.open(path);
		}
		return of(this.files, NativeOpen.directory(this.descriptor, name), path);
	}

	/** The descriptor itself is synced, and looked at afterwards. */
	@Override
	public DirectoryHandle openSync() throws IOException {
		if (!this.readable) {
			throw new AccessDeniedException(path().toString());
		}
		status(this.descriptor);
		return new Entries(this.descriptor, looksAfterSync());
	}

	@Override
	public FileStat stat() throws IOException {
		return status(this.descriptor);
	}

	@Override
	public @Nullable FileStat stat(String name) throws IOException {
		return NativeNames.stat(this.descriptor, name, path(name));
	}

	@Override
	public FileStat.@Nullable Kind kind(String name) throws IOException {
		return NativeNames.kind(this.descriptor, name, path(name));
	}

	@Override
	public boolean exists(String name) throws IOException {
		return NativeNames.exists(this.descriptor, name, path(name));
	}

	@Override
	public long size(String name) throws IOException {
		return NativeNames.size(this.descriptor, name, path(name));
	}

	@Override
	public Path readLink(String name) throws IOException {
		return NativeNames.readLink(this.descriptor, name, path(name));
	}

	@Override
	public FileHandle createExclusive(String name, int mode) throws IOException {
		return NativeOpen.createExclusive(this.descriptor, name, path(name), mode);
	}

	@Override
	public FileHandle openForSync(String name) throws IOException {
		return NativeOpen.forSync(this.descriptor, name, path(name));
	}

	@Override
	public void createDirectory(String name) throws IOException {
		NativeNames.createDirectory(this.descriptor, name, path(name));
	}

	@Override
	public void rename(String name, Directory to, String newName) throws IOException {
		if (!(to instanceof NativeDirectory other)) {
			super.rename(name, to, newName);
			return;
		}
		NativeNames.rename(this.descriptor, name, path(name), other.descriptor, newName, other.path(newName));
	}

	@Override
	public void exchange(String name, String other) throws IOException {
		NativeNames.exchange(this.descriptor, name, path(name), other, path(other));
	}

	@Override
	public void linkNew(String name, Directory to, String newName) throws IOException {
		if (!(to instanceof NativeDirectory other)) {
			super.linkNew(name, to, newName);
			return;
		}
		NativeNames.linkNew(this.descriptor, name, path(name), other.descriptor, newName, other.path(newName));
	}

	@Override
	public void delete(String name) throws IOException {
		NativeNames.delete(this.descriptor, name, path(name));
	}

	@Override
	public boolean tryDelete(String name) throws IOException {
		return NativeNames.tryDelete(this.descriptor, name, path(name));
	}

	@Override
	public void setMode(String name, int mode) throws IOException {
		NativeNames.setMode(this.descriptor, name, path(name), mode);
	}

	@Override
	public void setOwner(String name, int uid, int gid) throws IOException {
		NativeNames.setOwner(this.descriptor, name, path(name), uid, gid);
	}

	@Override
	public Map<String, byte[]> userAttributes(String name) throws IOException {
		return NativeAttributes.all(this.descriptor, name, path(name));
	}

	@Override
	public void setUserAttribute(String name, String attribute, byte[] value) throws IOException {
		NativeAttributes.set(this.descriptor, name, path(name), attribute, value);
	}

	@Override
	public LockFile openLockFile(String name, int mode, boolean create) throws IOException {
		return NativeOpen.lockFile(this.descriptor, name, path(name), mode, create);
	}

	@Override
	public void close() {
		if (this.closed.compareAndSet(false, true)) {
			this.files.closed();
		}
		try {
			this.descriptor.close();
		}
		catch (IOException ex) {
			// a directory that was opened for reading has nothing to lose
		}
	}

	/** What is equal as long as it is the same directory. */
	private record Identity(long device, long inode) {

		static Identity of(FileStat stat) {
			return new Identity(stat.device(), stat.inode());
		}

	}

	/** Holds the descriptor open for as long as the entries may be synced. */
	private static final class Entries implements DirectoryHandle {

		private final NativeDescriptor shared;

		private final boolean looks;

		Entries(NativeDescriptor directory, boolean looks) throws IOException {
			this.shared = directory.share();
			this.looks = looks;
		}

		@Override
		public void sync() throws IOException {
			try (Scratch scratch = Scratch.on(this.shared)) {
				Errno.check(Kernel.call(scratch, Kernel.FSYNC, scratch.at(), 0, 0), this.shared.path());
				if (this.looks) {
					Errno.check(NativeStat.look(scratch), this.shared.path());
				}
			}
		}

		@Override
		public void close() throws IOException {
			this.shared.close();
		}

	}

}
