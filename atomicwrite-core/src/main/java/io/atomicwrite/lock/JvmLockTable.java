package io.atomicwrite.lock;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Properties;

import org.jspecify.annotations.Nullable;

/**
 * The lock files that this JVM has open, in whichever registry and class loader. A second
 * descriptor of a lock file must never be opened in the same process, because closing it
 * would drop the lock ({@code fcntl(2)}). Thread-safe.
 *
 * <p>
 * The table lives in the system properties, the one place that all class loaders share,
 * and holds strings only, because other code reads the system properties and expects
 * strings.
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
		Entry entry = new Entry(PREFIX + lockFile, new Holder(Thread.currentThread(), Use.TRYING, now));
		return entry.put() ? entry : null;
	}

	static @Nullable Holder holder(Path lockFile) {
		String value = TABLE.getProperty(PREFIX + lockFile);
		return (value != null) ? Holder.parse(value) : null;
	}

	/**
	 * A lock file that was entered.
	 */
	static final class Entry implements AutoCloseable {

		private final String key;

		private String value;

		Entry(String key, Holder holder) {
			this.key = key;
			this.value = holder.format();
		}

		private boolean put() {
			return TABLE.putIfAbsent(this.key, this.value) == null;
		}

		/** Shows to others what the file is open for, and by which thread. */
		void show(Use use, Instant now) {
			String shown = new Holder(Thread.currentThread(), use, now).format();
			if (TABLE.replace(this.key, this.value, shown)) {
				this.value = shown;
			}
		}

		@Override
		public void close() {
			TABLE.remove(this.key, this.value);
		}

	}

	/**
	 * What a lock file is open for.
	 */
	enum Use {

		/** Its lock is tried for. */
		TRYING,

		/** Its lock is held. */
		LOCKED,

		/** Nothing: it will be locked again at once, or closed. */
		LINGERING

	}

	/**
	 * Who entered a lock file.
	 */
	record Holder(long threadId, Use use, Instant since, String thread) {

		Holder(Thread thread, Use use, Instant since) {
			this(thread.getId(), use, since, thread.getName());
		}

		static Holder parse(String value) {
			String[] parts = value.split(" ", 4);
			return new Holder(Long.parseLong(parts[0]), Use.valueOf(parts[1]),
					Instant.ofEpochMilli(Long.parseLong(parts[2])), parts[3]);
		}

		String format() {
			return this.threadId + " " + this.use + " " + this.since.toEpochMilli() + " " + this.thread;
		}

		boolean isCurrentThread() {
			return this.threadId == Thread.currentThread().getId();
		}

	}

}
