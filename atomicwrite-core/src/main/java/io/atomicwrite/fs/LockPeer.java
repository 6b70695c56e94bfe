package io.atomicwrite.fs;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The main class of a second process that tries to lock a file: once at once, and again
 * for each byte it reads, until the input ends. Needs no other class of this library.
 */
final class LockPeer {

	private LockPeer() {
	}

	/**
	 * Tries to lock a file.
	 * @param args the path of the file
	 * @throws IOException if the answers can't be written
	 */
	public static void main(String[] args) throws IOException {
		try (OutputStream out = new FileOutputStream(FileDescriptor.out)) {
			do {
				out.write((tryLock(Path.of(args[0])) + "\n").getBytes(StandardCharsets.UTF_8));
				out.flush();
			}
			while (System.in.read() >= 0);
		}
	}

	private static String tryLock(Path file) {
		try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE,
				StandardOpenOption.CREATE); FileLock lock = channel.tryLock()) {
			return (lock != null) ? SecondProcess.ACQUIRED : SecondProcess.BUSY;
		}
		catch (IOException ex) {
			return String.valueOf(ex.getMessage());
		}
	}

}
