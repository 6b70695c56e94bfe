package io.atomicwrite.mounted;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

import io.atomicwrite.lock.LockLease;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.lock.LockRequest;
import io.atomicwrite.test.ForkedJvm;

/**
 * Another process that counts up the number in a file, by command: a write of its own
 * that is only right while nobody else writes.
 */
final class CounterPeer {

	private CounterPeer() {
	}

	static ForkedJvm start() {
		return ForkedJvm.start(CounterPeer.class, "file");
	}

	static ForkedJvm startWithoutLock() {
		return ForkedJvm.start(CounterPeer.class, "none");
	}

	public static void main(String[] args) throws IOException {
		try (LockRegistry locks = args[0].equals("file") ? LockRegistry.file() : LockRegistry.none()) {
			BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
			for (String line = commands.readLine(); line != null; line = commands.readLine()) {
				int space = line.indexOf(' ');
				ForkedJvm.reply(
						count(locks, Path.of(line.substring(space + 1)), Integer.parseInt(line.substring(0, space))));
			}
		}
	}

	private static String count(LockRegistry locks, Path counter, int times) throws IOException {
		for (int i = 0; i < times; i++) {
			try (LockLease lease = locks.acquire(counter, LockRequest.waitForever())) {
				write(counter, read(counter) + 1);
			}
		}
		return "counted " + times;
	}

	static int read(Path counter) throws IOException {
		return Integer.parseInt(Files.readString(counter));
	}

	/** Does not truncate: without a lock, another would then read nothing. */
	static void write(Path counter, int number) throws IOException {
		Files.writeString(counter, String.format(Locale.ROOT, "%010d", number), StandardOpenOption.WRITE);
	}

}
