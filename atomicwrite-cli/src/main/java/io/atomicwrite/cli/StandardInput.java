package io.atomicwrite.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.IoErrors;

/**
 * Standard input, and where it goes. Says of an I/O error which of the two it is from.
 */
final class StandardInput {

	private static final int BUFFER = 64 * 1024;

	private static final Path DESCRIPTOR = Path.of("/proc/self/fd/0");

	private StandardInput() {
	}

	/**
	 * Refuses a standard input that the caller has closed: the first file that the Java
	 * runtime opens and keeps open gets its descriptor, and would be taken for the input.
	 */
	static void requireOpen() {
		if (isOfTheRuntime()) {
			throw Failure.of("standard input is closed; the target is as it was");
		}
	}

	private static boolean isOfTheRuntime() {
		try {
			FileOps files = FileOps.system();
			Path runtime = files.canonical(Path.of(System.getProperty("java.home")));
			return files.readLink(DESCRIPTOR).startsWith(runtime);
		}
		catch (IOException ex) {
			// not Linux, or closed and still so: reading it will tell
			return false;
		}
	}

	static byte[] readAll() {
		try {
			return System.in.readAllBytes();
		}
		catch (IOException ex) {
			throw unreadable(ex);
		}
	}

	/** Copies in constant memory and returns how many bytes there were. */
	static long copy(OutputStream out) {
		byte[] buffer = new byte[BUFFER];
		long size = 0;
		for (int read = read(buffer); read >= 0; read = read(buffer)) {
			put(buffer, read, out);
			size += read;
		}
		return size;
	}

	private static int read(byte[] buffer) {
		try {
			return System.in.read(buffer);
		}
		catch (IOException ex) {
			throw unreadable(ex);
		}
	}

	static void put(byte[] bytes, int length, OutputStream out) {
		try {
			out.write(bytes, 0, length);
		}
		catch (IOException ex) {
			throw Failure.of(IoErrors.text(ex) + "; the target is as it was, " + IoErrors.classify(ex).remedy());
		}
	}

	private static Failure unreadable(IOException ex) {
		return Failure.of("standard input can't be read: " + IoErrors.text(ex) + "; the target is as it was");
	}

}
