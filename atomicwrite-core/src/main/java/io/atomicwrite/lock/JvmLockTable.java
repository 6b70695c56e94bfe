package io.atomicwrite.lock;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Properties;

import org.jspecify.annotations.Nullable;

/**
 * The lock files that this JVM has open, whoever opened them: other registries, and
 * copies of this class in other class loaders. A second descriptor of a lock file must
 * never be opened in the same process, because closing it would drop the lock
 * ({@code fcntl(2)}).
 *
 * <p>
 * The table lives in the system properties, as the one place that all class loaders
 * share, and holds strings only, so that nobody who reads them is in for a surprise.
 */
final class JvmLockTable {

	private static final String PREFIX = "io.atomicwrite.lock.open:";

	/** Captured once, so that a swap by a test does not leave entries behind. */
	private static final Properties TABLE = System.getProperties();

	private JvmLockTable() {
	}

	/**
	 * Enters a lock file if it is not entered yet.
	 * @return the entry, or {@code null} if another holds it
	 */
	static @Nullable Entry claim(Path lockFile, Instant now) {
		Thread thread = Thread.currentThread();
		String key = PREFIX + lockFile;
		String value = thread.getId() + " " + now.toEpochMilli() + " " + thread.getName();
		return (TABLE.putIfAbsent(key, value) == null) ? new Entry(key, value) : null;
	}

	static @Nullable Holder holder(Path lockFile) {
		String value = TABLE.getProperty(PREFIX + lockFile);
		return (value != null) ? Holder.parse(value) : null;
	}

	/**
	 * A lock file that was entered.
	 */
	record Entry(String key, String value) implements AutoCloseable {

		@Override
		public void close() {
			TABLE.remove(this.key, this.value);
		}

	}

	/**
	 * Who entered a lock file.
	 */
	record Holder(long threadId, Instant since, String thread) {

		static Holder parse(String value) {
			String[] parts = value.split(" ", 3);
			return new Holder(Long.parseLong(parts[0]), Instant.ofEpochMilli(Long.parseLong(parts[1])), parts[2]);
		}

		boolean isCurrentThread() {
			return this.threadId == Thread.currentThread().getId();
		}

	}

}
