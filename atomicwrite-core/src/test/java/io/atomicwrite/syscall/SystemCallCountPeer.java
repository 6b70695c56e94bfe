package io.atomicwrite.syscall;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

import io.atomicwrite.WritePhase;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.core.WriteResult;
import io.atomicwrite.lock.LockRequest;

/**
 * Replaces a file again and again, each time between two calls that a trace shows.
 */
final class SystemCallCountPeer {

	/** So many that all classes are loaded by then. */
	private static final int WRITES = 100;

	/**
	 * A lock that takes longer is one that someone else had: the target is looked at
	 * again.
	 */
	private static final Duration CONTENDED = Duration.ofMillis(1);

	/** How long one write is waited for that this machine has let through so fast. */
	private static final Duration LIMIT = Duration.ofSeconds(60);

	/** After which a lock is not taken for one that is needed again at once. */
	private static final Duration BREAK = Duration.ofMillis(60);

	static final Path BEGIN = Path.of("/marker-of-the-begin");

	static final Path END = Path.of("/marker-of-the-end");

	private static final byte[] CONTENT = new byte[1024];

	private SystemCallCountPeer() {
	}

	/**
	 * Replaces a file.
	 * @param args the file, whether it is locked, and whether there are breaks between
	 * the writes
	 */
	public static void main(String[] args) throws InterruptedException {
		// counted is what the memory of access lists costs, as on Linux 6.13 and later
		System.setProperty("os.version", "6.13");
		Path target = Path.of(args[0]);
		WriteOptions options = WriteOptions.engineDefaults()
			.toBuilder()
			.lock(Boolean.parseBoolean(args[1]) ? LockRequest.waitForever() : LockRequest.none())
			.build();
		boolean breaks = Boolean.parseBoolean(args[2]);
		try (AtomicFileTemplate template = AtomicFileTemplate.builder().build()) {
			boolean uncontended = false;
			long begin = System.nanoTime();
			for (int i = 0; i < WRITES || !uncontended && System.nanoTime() - begin < LIMIT.toNanos(); i++) {
				if (breaks) {
					Thread.sleep(BREAK.toMillis());
				}
				Files.exists(BEGIN);
				WriteResult result = template.write(target, CONTENT, options);
				Files.exists(END);
				Duration lock = Objects.requireNonNull(result.timings().get(WritePhase.LOCK));
				uncontended |= i >= WRITES / 2 && lock.compareTo(CONTENDED) < 0;
			}
		}
	}

}
