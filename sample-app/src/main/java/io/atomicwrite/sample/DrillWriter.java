package io.atomicwrite.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Timer;
import java.util.TimerTask;

import io.atomicwrite.core.AtomicFileTemplate;

/**
 * The process that the crash drill kills. It replaces two files again and again, one with
 * the library and one with {@link Files#write}, and prints each write that has returned.
 * It ends by itself when its input ends, as it does when the application ends, or after
 * half a minute.
 */
final class DrillWriter {

	static final String ATOMIC = "with-atomicwrite.txt";

	static final String PLAIN = "with-files-write.txt";

	private static final long LIMIT_MILLIS = 30_000;

	private DrillWriter() {
	}

	public static void main(String[] args) throws IOException {
		Path directory = Path.of(args[0]);
		AtomicFileTemplate files = AtomicFileTemplate.create();
		repeat(ATOMIC, (content) -> files.write(directory.resolve(ATOMIC), content));
		repeat(PLAIN, (content) -> Files.write(directory.resolve(PLAIN), content));
		new Timer("limit", true).schedule(new TimerTask() {
			@Override
			public void run() {
				Runtime.getRuntime().halt(1);
			}
		}, LIMIT_MILLIS);
		while (System.in.read() >= 0) {
			// the end of the input is all that counts
		}
		Runtime.getRuntime().halt(0);
	}

	private static void repeat(String file, Write write) {
		Thread writer = new Thread(() -> {
			byte[] content = DrillText.of(1);
			for (long generation = 1;; generation++) {
				DrillText.renew(content, generation);
				try {
					write.run(content);
				}
				catch (IOException ex) {
					throw new UncheckedIOException(ex);
				}
				System.out.println(file + " " + generation);
			}
		}, file);
		writer.setDaemon(true);
		writer.start();
	}

	private interface Write {

		void run(byte[] content) throws IOException;

	}

}
