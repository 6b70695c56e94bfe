package io.atomicwrite.test.fault;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.AccessMode;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

import io.atomicwrite.fs.DirectoryHandle;
import io.atomicwrite.fs.FileHandle;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.FileOps.DiskSpace;
import io.atomicwrite.fs.FileStat;
import io.atomicwrite.fs.FileTrait;
import io.atomicwrite.fs.FileTraits;
import io.atomicwrite.fs.ForwardingFileOps;
import io.atomicwrite.fs.LockFile;
import io.atomicwrite.fs.Mount;
import io.atomicwrite.test.fault.FileCall.Op;
import org.jspecify.annotations.Nullable;

/**
 * Passes every call, those of open files too, through one method.
 */
// the check does not see that a type argument may be null
@SuppressWarnings("NullAway")
public abstract class InterceptingFileOps extends ForwardingFileOps {

	/**
	 * Creates operations over others.
	 * @param delegate the others
	 */
	protected InterceptingFileOps(FileOps delegate) {
		super(delegate);
	}

	/**
	 * Is called for each call.
	 * @param call the call
	 * @param action does it
	 * @param <T> what it returns
	 * @return what the caller gets
	 * @throws IOException what the caller gets instead
	 */
	protected abstract <T extends @Nullable Object> T intercept(FileCall call, Action<T> action) throws IOException;

	private <T extends @Nullable Object> T pass(Op op, Path path, Action<T> action) throws IOException {
		return intercept(new FileCall(op, path, null), action);
	}

	private void passVoid(Op op, Path path, VoidAction action) throws IOException {
		this.<@Nullable Void>pass(op, path, () -> {
			action.run();
			return null;
		});
	}

	@Override
	public Mount mount(Path canonical) throws IOException {
		return pass(Op.MOUNT, canonical, () -> super.mount(canonical));
	}

	@Override
	public boolean isMountPoint(Path canonical) throws IOException {
		return pass(Op.IS_MOUNT_POINT, canonical, () -> super.isMountPoint(canonical));
	}

	@Override
	public void checkAccess(Path path, AccessMode... modes) throws IOException {
		passVoid(Op.CHECK_ACCESS, path, () -> super.checkAccess(path, modes));
	}

	@Override
	public DiskSpace space(Path path) throws IOException {
		return pass(Op.SPACE, path, () -> super.space(path));
	}

	@Override
	public Path canonical(Path existing) throws IOException {
		return pass(Op.CANONICAL, existing, () -> super.canonical(existing));
	}

	@Override
	public @Nullable FileStat stat(Path path) throws IOException {
		return this.<@Nullable FileStat>pass(Op.STAT, path, () -> super.stat(path));
	}

	@Override
	public FileStat.@Nullable Kind kind(Path path) throws IOException {
		return this.<FileStat.@Nullable Kind>pass(Op.KIND, path, () -> super.kind(path));
	}

	@Override
	public long size(Path file) throws IOException {
		return pass(Op.SIZE, file, () -> super.size(file));
	}

	@Override
	public Path readLink(Path link) throws IOException {
		return pass(Op.READ_LINK, link, () -> super.readLink(link));
	}

	@Override
	public InputStream openRead(Path file) throws IOException {
		return pass(Op.OPEN_READ, file, () -> super.openRead(file));
	}

	@Override
	public void list(Path directory, NameVisitor visitor) throws IOException {
		passVoid(Op.LIST, directory, () -> super.list(directory, visitor));
	}

	@Override
	public FileHandle createExclusive(Path file, int mode) throws IOException {
		return wrap(file, pass(Op.CREATE, file, () -> super.createExclusive(file, mode)));
	}

	@Override
	public FileHandle openForSync(Path file) throws IOException {
		return wrap(file, pass(Op.OPEN_FOR_SYNC, file, () -> super.openForSync(file)));
	}

	private FileHandle wrap(Path file, FileHandle handle) {
		return new FileHandle() {

			@Override
			public void write(ByteBuffer bytes) throws IOException {
				passVoid(Op.WRITE, file, () -> handle.write(bytes));
			}

			@Override
			public void startWriteback() throws IOException {
				handle.startWriteback();
			}

			@Override
			public void writeOut() throws IOException {
				passVoid(Op.SYNC, file, handle::writeOut);
			}

			@Override
			public void sync() throws IOException {
				passVoid(Op.SYNC, file, handle::sync);
			}

			@Override
			public boolean tryLock() throws IOException {
				return pass(Op.MARK, file, handle::tryLock);
			}

			@Override
			public void close() throws IOException {
				passVoid(Op.CLOSE, file, handle::close);
			}

		};
	}

	@Override
	public DirectoryHandle openDirectory(Path directory) throws IOException {
		DirectoryHandle handle = pass(Op.OPEN_DIRECTORY, directory, () -> super.openDirectory(directory));
		return new DirectoryHandle() {

			@Override
			public void sync() throws IOException {
				passVoid(Op.SYNC_DIRECTORY, directory, handle::sync);
			}

			@Override
			public void close() throws IOException {
				passVoid(Op.CLOSE_DIRECTORY, directory, handle::close);
			}

		};
	}

	@Override
	public void createDirectory(Path directory) throws IOException {
		passVoid(Op.CREATE_DIRECTORY, directory, () -> super.createDirectory(directory));
	}

	@Override
	public void rename(Path source, Path target) throws IOException {
		this.<@Nullable Void>intercept(new FileCall(Op.RENAME, source, target), () -> {
			super.rename(source, target);
			return null;
		});
	}

	@Override
	public void createSymbolicLink(Path link, Path content) throws IOException {
		passVoid(Op.CREATE_LINK, link, () -> super.createSymbolicLink(link, content));
	}

	@Override
	public void linkNew(Path source, Path name) throws IOException {
		this.<@Nullable Void>intercept(new FileCall(Op.LINK, source, name), () -> {
			super.linkNew(source, name);
			return null;
		});
	}

	@Override
	public boolean shareContent(Path source, Path file) throws IOException {
		return intercept(new FileCall(Op.SHARE, source, file), () -> super.shareContent(source, file));
	}

	@Override
	public void delete(Path path) throws IOException {
		passVoid(Op.DELETE, path, () -> super.delete(path));
	}

	@Override
	public void setMode(Path file, int mode) throws IOException {
		passVoid(Op.SET_MODE, file, () -> super.setMode(file, mode));
	}

	@Override
	public void setOwner(Path file, int uid, int gid) throws IOException {
		passVoid(Op.SET_OWNER, file, () -> super.setOwner(file, uid, gid));
	}

	@Override
	public Map<String, byte[]> userAttributes(Path file) throws IOException {
		return pass(Op.GET_ATTRIBUTES, file, () -> super.userAttributes(file));
	}

	@Override
	public void setUserAttribute(Path file, String name, byte[] value) throws IOException {
		passVoid(Op.SET_ATTRIBUTE, file, () -> super.setUserAttribute(file, name, value));
	}

	@Override
	public FileTraits traits(Path file, FileStat stat, Mount mount, Set<FileTrait> wanted) throws IOException {
		return pass(Op.TRAITS, file, () -> super.traits(file, stat, mount, wanted));
	}

	@Override
	public void carry(FileTrait trait, Path from, Path to) throws IOException {
		this.<@Nullable Void>intercept(new FileCall(Op.CARRY, from, to), () -> {
			super.carry(trait, from, to);
			return null;
		});
	}

	@Override
	public void dropAccessList(Path file) throws IOException {
		passVoid(Op.DROP_ACCESS_LIST, file, () -> super.dropAccessList(file));
	}

	@Override
	public LockFile openLockFile(Path file, int mode, boolean create) throws IOException {
		LockFile lock = pass(Op.OPEN_LOCK, file, () -> super.openLockFile(file, mode, create));
		return new LockFile() {

			@Override
			public boolean tryLock() throws IOException {
				return pass(Op.LOCK, file, lock::tryLock);
			}

			@Override
			public long size() throws IOException {
				return pass(Op.LOCK_SIZE, file, lock::size);
			}

			@Override
			public byte[] read(int limit) throws IOException {
				return pass(Op.LOCK_READ, file, () -> lock.read(limit));
			}

			@Override
			public void resize(long length) throws IOException {
				passVoid(Op.LOCK_RESIZE, file, () -> lock.resize(length));
			}

			@Override
			public void close() throws IOException {
				passVoid(Op.UNLOCK, file, lock::close);
			}

		};
	}

	/**
	 * Does a call.
	 *
	 * @param <T> what it returns
	 */
	@FunctionalInterface
	public interface Action<T extends @Nullable Object> {

		/**
		 * Does it.
		 * @return its result
		 * @throws IOException if it fails
		 */
		T run() throws IOException;

	}

	private interface VoidAction {

		void run() throws IOException;

	}

}
