package io.atomicwrite.fs;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The user attributes of a file. Linux has calls on a path or on an open file only, so a
 * name in an open directory is one below {@code /proc/self/fd}, which leads to exactly
 * that directory ({@code proc_pid_fd(5)}).
 */
final class NativeAttributes {

	/** A directory with what is open, by number. */
	static final String DESCRIPTORS = "/proc/self/fd/";

	private static final String PREFIX = "user.";

	private static final int TOO_LARGE = 7;

	private NativeAttributes() {
	}

	private static String place(Scratch scratch, String name) {
		return DESCRIPTORS + scratch.at() + '/' + name;
	}

	static Map<String, byte[]> all(NativeDescriptor at, String file, Path path) throws IOException {
		try (Scratch scratch = Scratch.on(at)) {
			String place = place(scratch, file);
			MemorySegment data = scratch.data();
			long length = Kernel.call(scratch, Kernel.LLISTXATTR, scratch.name(place), data.address(), Scratch.DATA);
			if (length == 0 || length == -Errno.EOPNOTSUPP) {
				return Map.of();
			}
			Errno.check(length, path);
			Map<String, byte[]> attributes = new LinkedHashMap<>();
			// each name ends with a NUL
			for (String name : NativeNames.text(data.asSlice(0, length - 1)).split("\0")) {
				if (name.startsWith(PREFIX)) {
					attributes.put(name.substring(PREFIX.length()), value(scratch, place, name, path));
				}
			}
			return attributes;
		}
	}

	private static byte[] value(Scratch scratch, String place, String name, Path path) throws IOException {
		return read(scratch, Errno.check(get(scratch, place, name), path));
	}

	/**
	 * Gets the value of an attribute.
	 * @param place the path of the file
	 * @param name the name of the attribute with its name space
	 * @return its length, or the negative error number
	 */
	static long get(Scratch scratch, String place, String name) {
		return Kernel.call(scratch, Kernel.LGETXATTR, scratch.name(place), scratch.other(name),
				scratch.data().address(), Scratch.DATA, 0);
	}

	/** Returns the value that was got last. */
	static byte[] read(Scratch scratch, long length) {
		return scratch.data().asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
	}

	/** Sets the value of an attribute, as it is named with its name space. */
	static void put(Scratch scratch, String place, String name, byte[] value, Path path) throws IOException {
		MemorySegment data = scratch.data();
		MemorySegment.copy(value, 0, data, ValueLayout.JAVA_BYTE, 0, value.length);
		Errno.check(Kernel.call(scratch, Kernel.LSETXATTR, scratch.name(place), scratch.other(name), data.address(),
				value.length, 0), path);
	}

	static void set(NativeDescriptor at, String file, Path path, String name, byte[] value) throws IOException {
		if (value.length > Scratch.DATA) {
			// what the kernel answers
			throw Errno.exception(TOO_LARGE, path, null);
		}
		try (Scratch scratch = Scratch.on(at)) {
			put(scratch, place(scratch, file), PREFIX + name, value, path);
		}
	}

}
