package io.atomicwrite.fs;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * The error numbers of Linux and the exceptions that the JDK throws for them.
 */
final class Errno {

	static final int EPERM = 1;

	static final int ENOENT = 2;

	static final int EINTR = 4;

	static final int EAGAIN = 11;

	static final int EACCES = 13;

	static final int EEXIST = 17;

	static final int EXDEV = 18;

	static final int ENOTDIR = 20;

	static final int EISDIR = 21;

	static final int EINVAL = 22;

	static final int ENOTTY = 25;

	static final int ENAMETOOLONG = 36;

	static final int ENOSYS = 38;

	static final int ENOTEMPTY = 39;

	static final int ELOOP = 40;

	static final int ENODATA = 61;

	static final int EOPNOTSUPP = 95;

	/** Longer than any text of strerror(3). */
	private static final int LONGEST = 256;

	private static final Map<Integer, String> TEXTS = new ConcurrentHashMap<>();

	private Errno() {
	}

	/** Returns a result that is no error. */
	static long check(long result, Path file) throws IOException {
		return check(result, file, null);
	}

	static long check(long result, Path file, @Nullable Path other) throws IOException {
		if (result < 0) {
			throw exception((int) -result, file, other);
		}
		return result;
	}

	/** Returns what the JDK throws for an error. */
	static FileSystemException exception(int error, Path path, @Nullable Path second) {
		String file = path.toString();
		String other = (second != null) ? second.toString() : null;
		return switch (error) {
			case EACCES -> new AccessDeniedException(file, other, null);
			case ENOENT -> new NoSuchFileException(file, other, null);
			case EEXIST -> new FileAlreadyExistsException(file, other, null);
			default -> new FileSystemException(file, other, text(error));
		};
	}

	/** Returns the text of strerror(3), as the JDK does. */
	static String text(int error) {
		return TEXTS.computeIfAbsent(error, Text::of);
	}

	/** Linked at the first error that needs it. */
	private static final class Text {

		private static final MethodHandle STRERROR = strerror();

		@SuppressWarnings("restricted")
		private static MethodHandle strerror() {
			Linker linker = Linker.nativeLinker();
			return linker.downcallHandle(linker.defaultLookup().find("strerror").orElseThrow(),
					FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
		}

		@SuppressWarnings("restricted")
		static synchronized String of(int error) {
			try {
				MemorySegment text = (MemorySegment) STRERROR.invokeExact(error);
				return text.reinterpret(LONGEST).getString(0, StandardCharsets.UTF_8);
			}
			catch (RuntimeException | Error ex) {
				throw ex;
			}
			catch (Throwable ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

}
