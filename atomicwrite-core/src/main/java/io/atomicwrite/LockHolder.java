package io.atomicwrite;

import java.io.Serializable;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

import org.jspecify.annotations.Nullable;

/**
 * Who holds a lock, as far as is known. Immutable and safe for use by several threads.
 */
public final class LockHolder implements Serializable {

	private static final long serialVersionUID = 1L;

	private static final LockHolder UNKNOWN = new LockHolder(null, null, null, null);

	private final @Nullable Long pid;

	private final @Nullable String thread;

	private final @Nullable Instant since;

	private final @Nullable String owner;

	private LockHolder(@Nullable Long pid, @Nullable String thread, @Nullable String owner, @Nullable Instant since) {
		this.owner = owner;
		this.pid = pid;
		this.thread = thread;
		this.since = since;
	}

	/**
	 * Returns a thread of this process.
	 * @param name the name of the thread
	 * @param since when it acquired the lock, or {@code null} if that is not known
	 * @return the holder
	 */
	public static LockHolder thread(String name, @Nullable Instant since) {
		return new LockHolder(ProcessHandle.current().pid(), name, null, since);
	}

	/**
	 * Returns another process.
	 * @param pid its process id
	 * @param since when it acquired the lock, or {@code null} if that is not known
	 * @return the holder
	 */
	public static LockHolder process(long pid, @Nullable Instant since) {
		return new LockHolder(pid, null, null, since);
	}

	/**
	 * Returns a client of a lock store.
	 * @param text what the store names it by
	 * @param since when it acquired the lock, or {@code null} if that is not known
	 * @return the holder
	 */
	public static LockHolder owner(String text, @Nullable Instant since) {
		return new LockHolder(null, null, text, since);
	}

	/**
	 * Returns a holder that is not known, as where the system does not report it.
	 * @return the holder
	 */
	public static LockHolder unknown() {
		return UNKNOWN;
	}

	/**
	 * Returns the process id of the holder.
	 * @return the id, empty if it is not known
	 */
	public OptionalLong pid() {
		return (this.pid != null) ? OptionalLong.of(this.pid) : OptionalLong.empty();
	}

	/**
	 * Returns the name of the thread, of a holder in this process.
	 * @return the name, empty for another process
	 */
	public Optional<String> thread() {
		return Optional.ofNullable(this.thread);
	}

	/**
	 * Returns what a lock store names the holder by.
	 * @return the text, empty of a lock without a store or if the store does not say
	 */
	public Optional<String> owner() {
		return Optional.ofNullable(this.owner);
	}

	/**
	 * Returns when the lock was acquired.
	 * @return the instant, empty if it is not known
	 */
	public Optional<Instant> since() {
		return Optional.ofNullable(this.since);
	}

	@Override
	public String toString() {
		if (this.thread != null) {
			return "thread '" + this.thread + "' of this process";
		}
		if (this.owner != null) {
			return "'" + this.owner + "' of the lock store";
		}
		return (this.pid != null) ? "process " + this.pid : "another process";
	}

}
