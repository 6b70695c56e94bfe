package io.atomicwrite.fs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * Reads {@code /proc/locks}. Files are distinguished by their inode number alone: the
 * device shown there is not the one of {@code stat(2)} on btrfs and overlay.
 *
 * @see <a href=
 * "https://man7.org/linux/man-pages/man5/proc_locks.5.html">proc_locks(5)</a>
 */
final class ProcLocks {

	private static final Path FILE = Path.of("/proc/locks");

	/** A table of more than one step may still miss a line. */
	private static final int TRIES = 3;

	private ProcLocks() {
	}

	static OptionalLong holder(long inode) {
		if (inode == 0) {
			return OptionalLong.empty();
		}
		try {
			OptionalLong holder = OptionalLong.empty();
			for (int tries = 0; tries < TRIES && holder.isEmpty(); tries++) {
				holder = holder(read(), inode);
			}
			return holder;
		}
		catch (IOException | SecurityException ex) {
			// not Linux, or /proc is hidden: nothing is known
			return OptionalLong.empty();
		}
	}

	/**
	 * Reads in large steps, as each is a consistent view; the first step of
	 * {@link Files#readAllBytes} is one byte here, and a line is missed when one before
	 * it goes away between the steps.
	 */
	private static String read() throws IOException {
		ByteArrayOutputStream table = new ByteArrayOutputStream();
		try (InputStream lines = Files.newInputStream(FILE)) {
			lines.transferTo(table);
		}
		return table.toString(StandardCharsets.ISO_8859_1);
	}

	static OptionalLong holder(String table, long inode) {
		String suffix = ":" + inode;
		for (String line : table.split("\n")) {
			// 2: POSIX ADVISORY WRITE 1965 00:1b:3 0 EOF; a waiter has -> after the
			// number
			String[] fields = line.trim().split("\\s+");
			if (fields.length >= 8 && fields[1].equals("POSIX") && fields[5].endsWith(suffix)) {
				return parsePid(fields[4]);
			}
		}
		return OptionalLong.empty();
	}

	private static OptionalLong parsePid(String text) {
		try {
			long pid = Long.parseLong(text);
			// 0 and -1 stand for a holder in another pid namespace or on another host
			return (pid > 0) ? OptionalLong.of(pid) : OptionalLong.empty();
		}
		catch (NumberFormatException ex) {
			return OptionalLong.empty();
		}
	}

}
