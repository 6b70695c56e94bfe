package io.atomicwrite.fs;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/**
 * The calls that open something at a name, which starts at an open directory or, with
 * {@link Kernel#AT_FDCWD}, is a path.
 */
final class NativeOpen {

	/** openat2(2): a link anywhere in the path is an error. */
	private static final long RESOLVE_NO_SYMLINKS = 0x04;

	/** Three words: flags, mode and how to resolve. */
	private static final int OPEN_HOW = 24;

	private static final int PERMISSIONS = 0777;

	/** A lock file that is deleted and created at each look must not hold up anyone. */
	private static final int MOST_REPLACED = 10;

	private NativeOpen() {
	}

	private static long open(NativeDescriptor at, String name, int flags, int mode) throws IOException {
		try (Scratch scratch = Scratch.on(at)) {
			return Kernel.call(scratch, Kernel.OPENAT, scratch.at(), scratch.name(name),
					flags | Kernel.O_NOFOLLOW | Kernel.O_CLOEXEC, mode & PERMISSIONS, 0);
		}
	}

	private static NativeDescriptor opened(long result, Path path) throws IOException {
		return new NativeDescriptor((int) Errno.check(result, path), path);
	}

	static FileHandle createExclusive(NativeDescriptor at, String name, Path path, int mode) throws IOException {
		int flags = Kernel.O_WRONLY | Kernel.O_CREAT | Kernel.O_EXCL;
		try (DirectoryGate gate = DirectoryGate.enter(path)) {
			return new NativeFileHandle(opened(open(at, name, flags, mode), path), false);
		}
	}

	static FileHandle forSync(NativeDescriptor at, String name, Path path) throws IOException {
		return new NativeFileHandle(opened(open(at, name, Kernel.O_RDONLY, 0), path), true);
	}

	/** Opens what a path names, for a question about it and nothing else. */
	static NativeDescriptor toLookAt(Path path) throws IOException {
		return opened(open(NativeDescriptor.WORKING_DIRECTORY, path.toString(), Kernel.O_RDONLY | Kernel.O_NONBLOCK, 0),
				path);
	}

	/** Opens a directory; one that may not be read is opened to be searched alone. */
	static Opened directory(NativeDescriptor at, String name) throws IOException {
		long read = open(at, name, Kernel.O_RDONLY | Kernel.O_DIRECTORY, 0);
		return (read != -Errno.EACCES) ? new Opened(read, true)
				: new Opened(open(at, name, Kernel.O_PATH | Kernel.O_DIRECTORY, 0), false);
	}

	/**
	 * Opens a directory for reading, by a path in which no link is followed. Fails where
	 * there is one, and on a kernel that can't do it.
	 */
	static Opened directoryWithoutLinks(String path) throws IOException {
		try (Scratch scratch = Scratch.on(NativeDescriptor.WORKING_DIRECTORY)) {
			MemorySegment how = scratch.struct();
			how.set(ValueLayout.JAVA_LONG, 0, Kernel.O_RDONLY | Kernel.O_DIRECTORY | Kernel.O_CLOEXEC);
			how.set(ValueLayout.JAVA_LONG, 8, 0);
			how.set(ValueLayout.JAVA_LONG, 16, RESOLVE_NO_SYMLINKS);
			return new Opened(
					Kernel.call(scratch, Kernel.OPENAT2, scratch.at(), scratch.name(path), how.address(), OPEN_HOW, 0),
					true);
		}
	}

	static LockFile lockFile(NativeDescriptor at, String name, Path path, int mode, boolean create) throws IOException {
		for (int replaced = 0; create && replaced < MOST_REPLACED; replaced++) {
			long created = create(at, name, path, mode);
			if (created != -Errno.EEXIST) {
				// what is created so is a regular file and needs no look
				return new NativeLockFile(opened(created, path));
			}
			// not with O_CREAT, which fs.protected_regular refuses in a sticky directory
			long existing = open(at, name, Kernel.O_RDWR, 0);
			if (existing != -Errno.ENOENT) {
				return lookedAt(opened(existing, path));
			}
			// its last holder deleted it meanwhile
		}
		return lookedAt(opened(open(at, name, create ? Kernel.O_RDWR | Kernel.O_CREAT : Kernel.O_RDWR, mode), path));
	}

	private static long create(NativeDescriptor at, String name, Path path, int mode) throws IOException {
		try (DirectoryGate gate = DirectoryGate.enter(path)) {
			return open(at, name, Kernel.O_RDWR | Kernel.O_CREAT | Kernel.O_EXCL, mode);
		}
	}

	private static LockFile lookedAt(NativeDescriptor file) throws IOException {
		try (Scratch scratch = Scratch.on(file)) {
			Errno.check(NativeStat.look(scratch), file.path());
			FileStat.Kind kind = NativeStat.kind(scratch);
			if (kind != FileStat.Kind.REGULAR) {
				throw new FileSystemException(file.path().toString(), null, "the lock file is " + kind.text());
			}
			return new NativeLockFile(file);
		}
		catch (Throwable ex) {
			file.close();
			throw ex;
		}
	}

	/**
	 * What an opening has given.
	 *
	 * @param result the number, or the negative error number
	 * @param readable whether it was opened for reading, so that it can be synced
	 */
	record Opened(long result, boolean readable) {
	}

}
