package io.atomicwrite.syscall;

import java.nio.file.Files;
import java.nio.file.Path;

import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.lock.LockRequest;

/**
 * Replaces a file again and again, each time between two calls that a trace shows.
 */
final class SystemCallCountPeer {

	/** So many that all classes are loaded by then. */
	private static final int WRITES = 100;

	static final Path BEGIN = Path.of("/marker-of-the-begin");

	static final Path END = Path.of("/marker-of-the-end");

	private static final byte[] CONTENT = new byte[1024];

	private SystemCallCountPeer() {
	}

	/**
	 * Replaces a file.
	 * @param args the file, and whether it is locked
	 */
	public static void main(String[] args) {
		Path target = Path.of(args[0]);
		WriteOptions options = WriteOptions.engineDefaults()
			.toBuilder()
			.lock(Boolean.parseBoolean(args[1]) ? LockRequest.waitForever() : LockRequest.none())
			.build();
		try (AtomicFileTemplate template = AtomicFileTemplate.builder().build()) {
			for (int i = 0; i < WRITES; i++) {
				Files.exists(BEGIN);
				template.write(target, CONTENT, options);
				Files.exists(END);
			}
		}
	}

}
