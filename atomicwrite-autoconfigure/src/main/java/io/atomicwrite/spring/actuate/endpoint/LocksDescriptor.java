package io.atomicwrite.spring.actuate.endpoint;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Description of the locks: one page of those that are held and one of the waits, both
 * from the oldest on.
 *
 * @param held the locks that are held, by threads of this process or by others
 * @param heldCount how many are held
 * @param waiting the threads that wait for a lock
 * @param waitingCount how many wait
 * @param offset the index of the first of both lists
 * @param limit the most that each list has
 */
public record LocksDescriptor(List<HeldLockDescriptor> held, int heldCount, List<WaitingLockDescriptor> waiting,
		int waitingCount, int offset, int limit) {

	/**
	 * Description of a lock that is held.
	 *
	 * @param target the target
	 * @param directory the managed directory, or {@code other}
	 * @param since when it was acquired, absent if it is not known
	 * @param thread the thread of this process that acquired it, absent if another
	 * process did
	 * @param waiters the number of threads of this process that wait for it
	 * @param holder who holds it
	 */
	public record HeldLockDescriptor(String target, String directory, @Nullable Instant since, @Nullable String thread,
			int waiters, HolderDescriptor holder) {
	}

	/**
	 * Description of a thread that waits for a lock.
	 *
	 * @param target the target
	 * @param directory the managed directory, or {@code other}
	 * @param since when it began to wait
	 * @param thread the thread
	 * @param holder who holds the lock, absent if it is not known
	 */
	public record WaitingLockDescriptor(String target, String directory, Instant since, String thread,
			@Nullable HolderDescriptor holder) {

		Path path() {
			return Path.of(this.target);
		}

	}

}
