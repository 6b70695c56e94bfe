package io.atomicwrite.fs;

import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The inode flags of a file, in the letters of {@code lsattr(1)} and without those that
 * say how the filesystem stores the file.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/FS_IOC_SETFLAGS.2const.html">FS_IOC_GETFLAGS</a>
 */
final class InodeFlags {

	/** {@code FS_IOC_GETFLAGS} where a long has 64 bits. */
	private static final long GET = 0x80086601L;

	/** Of each letter the flag, both in the order of {@code lsattr}. */
	private static final String LETTERS = "suSDiadAcEjtTCxFPVm";

	private static final int[] FLAGS = { 0x1, 0x2, 0x8, 0x10000, 0x10, 0x20, 0x40, 0x80, 0x4, 0x800, 0x4000, 0x8000,
			0x20000, 0x800000, 0x2000000, 0x40000000, 0x20000000, 0x100000, 0x400 };

	private InodeFlags() {
	}

	static Optional<String> of(Path file) throws IOException {
		NativeDescriptor open = NativeOpen.toLookAt(file);
		try (Scratch scratch = Scratch.on(open)) {
			scratch.struct().set(ValueLayout.JAVA_LONG, 0, 0);
			long result = Kernel.call(scratch, Kernel.IOCTL, scratch.at(), GET, scratch.struct().address());
			if (result == -Errno.ENOTTY || result == -Errno.EOPNOTSUPP) {
				return Optional.empty();
			}
			Errno.check(result, file);
			// the kernel writes an int whatever the number of the call says
			return text(scratch.struct().get(ValueLayout.JAVA_INT, 0));
		}
		finally {
			open.close();
		}
	}

	private static Optional<String> text(int flags) {
		StringBuilder text = new StringBuilder();
		for (int i = 0; i < FLAGS.length; i++) {
			if ((flags & FLAGS[i]) != 0) {
				text.append(LETTERS.charAt(i));
			}
		}
		return text.isEmpty() ? Optional.empty() : Optional.of(text.toString());
	}

}
