package io.atomicwrite.fs;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * The calls on a name, which starts at an open directory or, with
 * {@link Kernel#AT_FDCWD}, is a path. Its path is for messages.
 */
final class NativeNames {

	private static final int DIRECTORY_MODE = 0777;

	private static final int LEAVE = -1;

	private static final int DATA = Scratch.DATA;

	private NativeNames() {
	}

	static @Nullable FileStat stat(NativeDescriptor at, String name, Path path) throws IOException {
		try (Scratch scratch = Scratch.on(at)) {
			long result = NativeStat.look(scratch, name, Kernel.AT_SYMLINK_NOFOLLOW);
			return isThere(result, path) ? NativeStat.stat(scratch) : null;
		}
	}

	static FileStat.@Nullable Kind kind(NativeDescriptor at, String name, Path path) throws IOException {
		try (Scratch scratch = Scratch.on(at)) {
			long result = NativeStat.lookAtKind(scratch, name, Kernel.AT_SYMLINK_NOFOLLOW);
			return isThere(result, path) ? NativeStat.kind(scratch) : null;
		}
	}

	static boolean exists(NativeDescriptor at, String name, Path path) throws IOException {
		try (Scratch scratch = Scratch.on(at)) {
			long result = NativeStat.lookAtKind(scratch, name, 0);
			return result != -Errno.ENOTDIR && result != -Errno.ENAMETOOLONG && isThere(result, path);
		}
	}

	private static boolean isThere(long result, Path path) throws IOException {
		return result != -Errno.ENOENT && Errno.check(result, path) >= 0;
	}

	static long size(NativeDescriptor at, String name, Path path) throws IOException {
		try (Scratch scratch = Scratch.on(at)) {
			Errno.check(NativeStat.lookAtSize(scratch, name, 0), path);
			return NativeStat.size(scratch);
		}
	}

	static Path readLink(NativeDescriptor at, String name, Path path) throws IOException {
		try (Scratch scratch = Scratch.on(at)) {
			MemorySegment target = scratch.data();
			long length = Kernel.call(scratch, Kernel.READLINKAT, scratch.at(), scratch.name(name), target.address(),
					DATA, 0);
			if (length == -Errno.EINVAL) {
				throw new NotLinkException(path.toString());
			}
			Errno.check(length, path);
			return path.getFileSystem().getPath(text(target.asSlice(0, length)));
		}
	}

	static String text(MemorySegment bytes) {
		return StandardCharsets.UTF_8.decode(bytes.asByteBuffer()).toString();
	}

	static void createDirectory(NativeDescriptor at, String name, Path path) throws IOException {
		try (Scratch scratch = Scratch.on(at)) {
			Errno.check(Kernel.call(scratch, Kernel.MKDIRAT, scratch.at(), scratch.name(name), DIRECTORY_MODE), path);
		}
	}

	static void rename(NativeDescriptor at, String name, Path path, NativeDescriptor to, String newName, Path newPath)
			throws IOException {
		int there = to.acquire();
		try (Scratch scratch = Scratch.on(at); DirectoryGate gate = DirectoryGate.enter(newPath)) {
			long result = Kernel.call(scratch, Kernel.RENAMEAT2, scratch.at(), scratch.name(name), there,
					scratch.other(newName), 0);
			if (result == -Errno.EXDEV) {
				throw new AtomicMoveNotSupportedException(path.toString(), newPath.toString(), Errno.text(Errno.EXDEV));
			}
			Errno.check(result, path, newPath);
		}
		finally {
			to.release();
		}
	}

	/** Filesystems that do not know the flag have EINVAL, as all have for one in another. */
	static void exchange(NativeDescriptor at, String name, Path path, String other, Path otherPath)
			throws IOException {
		try (Scratch scratch = Scratch.on(at)) {
			long result = Kernel.call(scratch, Kernel.RENAMEAT2, scratch.at(), scratch.name(name), scratch.at(),
					scratch.other(other), Kernel.RENAME_EXCHANGE);
			if (result == -Errno.EINVAL || result == -Errno.ENOSYS || result == -Errno.EOPNOTSUPP) {
				throw new UnsupportedOperationException(
						"the filesystem can't exchange names: " + Errno.text((int) -result));
			}
			Errno.check(result, path, otherPath);
		}
	}

	static void linkNew(NativeDescriptor at, String name, Path path, NativeDescriptor to, String newName, Path newPath)
			throws IOException {
		int there = to.acquire();
		try (Scratch scratch = Scratch.on(at)) {
			long result = Kernel.call(scratch, Kernel.LINKAT, scratch.at(), scratch.name(name), there,
					scratch.other(newName), 0);
			if (result < 0) {
				// the JDK names the new one first
				throw Errno.exception((int) -result, newPath, path);
			}
		}
		finally {
			to.release();
		}
	}

	static boolean tryDelete(NativeDescriptor at, String name, Path path) throws IOException {
		try (DirectoryGate gate = DirectoryGate.enter(path)) {
			return unlink(at, name) >= 0;
		}
	}

	static void delete(NativeDescriptor at, String name, Path path) throws IOException {
		long result = unlink(at, name);
		if (result == -Errno.ENOTEMPTY || result == -Errno.EEXIST) {
			throw new DirectoryNotEmptyException(path.toString());
		}
		Errno.check(result, path);
	}

	/** Linux reports a directory by EISDIR; POSIX has EPERM for it. */
	private static long unlink(NativeDescriptor at, String name) throws IOException {
		try (Scratch scratch = Scratch.on(at)) {
			long result = Kernel.call(scratch, Kernel.UNLINKAT, scratch.at(), scratch.name(name), 0);
			if (result == -Errno.EISDIR || (result == -Errno.EPERM && isDirectory(scratch, name))) {
				return Kernel.call(scratch, Kernel.UNLINKAT, scratch.at(), scratch.name(name), Kernel.AT_REMOVEDIR);
			}
			return result;
		}
	}

	private static boolean isDirectory(Scratch scratch, String name) {
		return NativeStat.lookAtKind(scratch, name, Kernel.AT_SYMLINK_NOFOLLOW) >= 0
				&& NativeStat.kind(scratch) == FileStat.Kind.DIRECTORY;
	}

	static void setMode(NativeDescriptor at, String name, Path path, int mode) throws IOException {
		try (Scratch scratch = Scratch.on(at)) {
			Errno.check(Kernel.call(scratch, Kernel.FCHMODAT, scratch.at(), scratch.name(name), mode), path);
		}
	}

	/** The group first: who may set it alone does so, whatever the owner's turn gives. */
	static void setOwner(NativeDescriptor at, String name, Path path, int uid, int gid) throws IOException {
		if (gid != LEAVE) {
			own(at, name, path, LEAVE, gid);
		}
		if (uid != LEAVE) {
			own(at, name, path, uid, LEAVE);
		}
	}

	private static void own(NativeDescriptor at, String name, Path path, int uid, int gid) throws IOException {
		try (Scratch scratch = Scratch.on(at)) {
			Errno.check(Kernel.call(scratch, Kernel.FCHOWNAT, scratch.at(), scratch.name(name), uid, gid,
					Kernel.AT_SYMLINK_NOFOLLOW), path);
		}
	}

}
