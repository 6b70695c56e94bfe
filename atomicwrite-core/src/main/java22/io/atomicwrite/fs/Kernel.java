package io.atomicwrite.fs;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * Calls of the Linux kernel by {@code syscall(2)}: one handle for all of them, as each
 * shape of call costs a first write the time to link it. The numbers are those of the two
 * processors whose structures are known. A call that a signal has interrupted is
 * repeated.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/syscall.2.html">syscall(2)</a>
 */
final class Kernel {

	private static final boolean X86 = System.getProperty("os.arch").equals("amd64");

	static final int OPENAT = X86 ? 257 : 56;

	static final int OPENAT2 = 437;

	static final int CLOSE = X86 ? 3 : 57;

	static final int PREAD = X86 ? 17 : 67;

	static final int PWRITE = X86 ? 18 : 68;

	static final int FTRUNCATE = X86 ? 77 : 46;

	static final int SYNC_FILE_RANGE = X86 ? 277 : 84;

	static final int FSYNC = X86 ? 74 : 82;

	static final int FCNTL = X86 ? 72 : 25;

	static final int STATX = X86 ? 332 : 291;

	static final int READLINKAT = X86 ? 267 : 78;

	static final int MKDIRAT = X86 ? 258 : 34;

	static final int RENAMEAT2 = X86 ? 316 : 276;

	static final int LINKAT = X86 ? 265 : 37;

	static final int UNLINKAT = X86 ? 263 : 35;

	static final int FCHMODAT = X86 ? 268 : 53;

	static final int FCHOWNAT = X86 ? 260 : 54;

	static final int LLISTXATTR = X86 ? 195 : 12;

	static final int LGETXATTR = X86 ? 192 : 9;

	static final int LSETXATTR = X86 ? 189 : 6;

	static final int LREMOVEXATTR = X86 ? 198 : 15;

	static final int IOCTL = X86 ? 16 : 29;

	/** Instead of a descriptor: a relative name starts at the working directory. */
	static final int AT_FDCWD = -100;

	static final int AT_SYMLINK_NOFOLLOW = 0x100;

	static final int AT_REMOVEDIR = 0x200;

	static final int AT_EMPTY_PATH = 0x1000;

	static final int RENAME_EXCHANGE = 2;

	static final int O_RDONLY = 0;

	static final int O_WRONLY = 1;

	static final int O_RDWR = 2;

	static final int O_CREAT = 0100;

	static final int O_EXCL = 0200;

	static final int O_NONBLOCK = 04000;

	static final int O_CLOEXEC = 02000000;

	static final int O_PATH = 010000000;

	static final int O_DIRECTORY = X86 ? 0200000 : 040000;

	static final int O_NOFOLLOW = X86 ? 0400000 : 0100000;

	private static final MethodHandle SYSCALL = syscall();

	private Kernel() {
	}

	@SuppressWarnings("restricted")
	private static MethodHandle syscall() {
		Linker linker = Linker.nativeLinker();
		ValueLayout.OfLong word = ValueLayout.JAVA_LONG;
		return linker.downcallHandle(linker.defaultLookup().find("syscall").orElseThrow(),
				FunctionDescriptor.of(word, word, word, word, word, word, word), Linker.Option.firstVariadicArg(1),
				Linker.Option.captureCallState("errno"));
	}

	/** Calls with the arguments that there are, the others being 0. */
	static long call(Scratch scratch, int number, long first, long second, long third) {
		return call(scratch, number, first, second, third, 0, 0);
	}

	/**
	 * Calls the kernel. What the arguments point to must stay reachable until this
	 * returns, as what belongs to the scratch memory does.
	 * @return the result, or the negative error number
	 */
	static long call(Scratch scratch, int number, long first, long second, long third, long fourth, long fifth) {
		while (true) {
			long result = once(scratch.state(), number, first, second, third, fourth, fifth);
			if (result >= 0) {
				return result;
			}
			int error = scratch.error();
			// Linux has closed the descriptor all the same: close(2)
			if (error != Errno.EINTR || number == CLOSE) {
				return -error;
			}
		}
	}

	private static long once(MemorySegment state, long number, long first, long second, long third, long fourth,
			long fifth) {
		try {
			return (long) SYSCALL.invokeExact(state, number, first, second, third, fourth, fifth);
		}
		catch (RuntimeException | Error ex) {
			throw ex;
		}
		catch (Throwable ex) {
			throw new IllegalStateException(ex);
		}
	}

}
