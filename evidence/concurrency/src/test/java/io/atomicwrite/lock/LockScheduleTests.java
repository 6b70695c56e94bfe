package io.atomicwrite.lock;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

import io.atomicwrite.LockLostException;
import io.atomicwrite.LockNotAcquiredException;
import io.atomicwrite.schedule.Schedules;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import static io.atomicwrite.schedule.Schedules.race;
import static io.atomicwrite.schedule.Schedules.require;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;

/**
 * The queue of threads, the table of the JVM and the registries, in many schedules.
 */
class LockScheduleTests {

	private static final Path TARGET = Path.of("/d/f");

	private static final InstantSource CLOCK = () -> Instant.EPOCH;

	private static long controls;

	@Test
	void twoThreadsExcludeEachOtherAndBothGetTheirTurn() {
		Schedules.explore(() -> {
			LockQueue queue = new LockQueue(CLOCK);
			Room room = new Room();
			race(() -> visit(queue, room), () -> visit(queue, room));
			require(room.visits == 2 && queue.all().isEmpty(), "an entry is left");
		});
	}

	@Test
	void threeThreadsExcludeEachOther() {
		Schedules.explore(() -> {
			LockQueue queue = new LockQueue(CLOCK);
			Room room = new Room();
			race(() -> visit(queue, room), () -> visit(queue, room), () -> visit(queue, room));
			require(room.visits == 3 && queue.all().isEmpty(), "an entry is left");
		});
	}

	@Test
	void secondHoldOfAThreadKeepsTheOthersOut() {
		Schedules.explore(() -> {
			LockQueue queue = new LockQueue(CLOCK);
			Room room = new Room();
			race(() -> {
				Ownership outer = queue.enter(TARGET, TARGET, forever());
				visit(queue, room);
				visit(queue, room);
				queue.leave(outer, (last) -> {
				});
			}, () -> visit(queue, room));
			require(room.visits == 3 && queue.all().isEmpty(), "an entry is left");
		});
	}

	@Test
	void whoDoesNotWaitIsRefusedOrAlone() {
		Schedules.explore(() -> {
			LockQueue queue = new LockQueue(CLOCK);
			Room room = new Room();
			int[] refused = new int[2];
			race(() -> refused[0] = tryVisit(queue, room), () -> refused[1] = tryVisit(queue, room));
			require(room.visits + refused[0] + refused[1] == 2 && room.visits > 0, "nobody got in");
			require(queue.all().isEmpty(), "an entry is left");
		});
	}

	@Test
	void closeRefusesOrLetsThrough() {
		Schedules.explore(() -> {
			LockQueue queue = new LockQueue(CLOCK);
			Room room = new Room();
			int[] refused = new int[2];
			race(() -> refused[0] = visitOrRefused(queue, room), () -> refused[1] = visitOrRefused(queue, room),
					queue::close);
			require(room.visits + refused[0] + refused[1] == 2, "a visitor is missing");
			require(queue.all().isEmpty(), "an entry is left");
		});
	}

	@Test
	void interruptNeverTakesTheLockAlong() {
		Schedules.explore(() -> {
			LockQueue queue = new LockQueue(CLOCK);
			Room room = new Room();
			Thread[] waiter = new Thread[1];
			int[] refused = new int[1];
			waiter[0] = new Thread(() -> refused[0] = visitOrRefused(queue, room));
			waiter[0].start();
			race(() -> visit(queue, room), waiter[0]::interrupt);
			join(waiter[0]);
			require(room.visits + refused[0] == 2, "a visitor is missing");
			require(queue.all().isEmpty(), "an entry is left");
		});
	}

	@Test
	void closedRegistryHoldsNothing() {
		Schedules.explore(() -> {
			LockRegistry locks = LockRegistry.inProcess();
			race(() -> {
				try (LockLeases lease = locks.acquireResolved(List.of(TARGET), LockRequest.waitForever())) {
					lease.ensureHeld();
				}
				catch (LockLostException | LockNotAcquiredException ex) {
					// closed before or meanwhile
				}
			}, locks::close);
			require(locks.held().isEmpty() && locks.waiting().isEmpty(), "held by nobody");
		});
	}

	@Test
	void tableOfTheJvmHasOneEntryForAFile() {
		Schedules.explore(() -> {
			Room room = new Room();
			Schedules.Task task = () -> {
				try (JvmLockTable.Entry entry = JvmLockTable.claim(TARGET, Instant.EPOCH)) {
					if (entry != null) {
						entry.show(JvmLockTable.Use.LOCKED, Instant.EPOCH);
						room.visit();
					}
				}
			};
			race(task, task);
			require(room.visits > 0 && JvmLockTable.holder(TARGET) == null, "an entry is left");
		});
	}

	@Test
	void turnsOfManyReleasesAddUp() {
		Schedules.explore(() -> {
			Turns turns = new Turns();
			long three = Duration.ofSeconds(3).toNanos();
			race(() -> turns.released(TARGET, 0, three), () -> turns.released(TARGET, 0, three));
			require(turns.restNanos(TARGET, three) > 0, "no rest after three seconds");
		});
	}

	@Test
	void explorerSeesAQueueThatChecksBeforeItActs() {
		assertFound(() -> {
			CheckedQueue queue = new CheckedQueue(true);
			Room room = new Room();
			race(() -> queue.visit(room), () -> queue.visit(room));
		});
	}

	@Test
	void explorerSeesAHandOverThatIsLost() {
		assertFound(() -> {
			CheckedQueue queue = new CheckedQueue(false);
			Room room = new Room();
			race(() -> queue.visit(room), () -> queue.visit(room));
		});
	}

	private static void assertFound(Runnable broken) {
		Throwable found = Schedules.find(broken);
		assertNotNull(found, "the explorer is blind");
		assertInstanceOf(AssertionError.class, found);
		controls++;
	}

	@AfterAll
	static void record() throws IOException {
		Schedules.record("lock-schedules",
				"schedules of two and three threads at the queue, the table of the JVM and a registry: none has two holders, waits for ever or leaves an entry",
				LockScheduleTests.class)
			.withControl("a queue that checks before it acts, and one that loses a hand-over", 2, controls)
			.write();
	}

	private static Deadline forever() {
		return Deadline.of(LockRequest.waitForever());
	}

	private static void visit(LockQueue queue, Room room) throws ExternalLocks.RefusedException {
		Ownership ownership = queue.enter(TARGET, TARGET, forever());
		room.visit();
		queue.leave(ownership, (last) -> {
		});
	}

	private static int tryVisit(LockQueue queue, Room room) {
		try {
			Ownership ownership = queue.enter(TARGET, TARGET, Deadline.of(LockRequest.failFast()));
			room.visit();
			queue.leave(ownership, (last) -> {
			});
			return 0;
		}
		catch (ExternalLocks.RefusedException ex) {
			require(ex.reason() == LockNotAcquiredException.Reason.BUSY, "refused for another reason");
			return 1;
		}
	}

	private static int visitOrRefused(LockQueue queue, Room room) {
		try {
			visit(queue, room);
			return 0;
		}
		catch (ExternalLocks.RefusedException ex) {
			return 1;
		}
	}

	private static void join(Thread thread) {
		try {
			thread.join();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * What one thread at a time may be in.
	 */
	private static final class Room {

		private volatile @Nullable Thread inside;

		volatile int visits;

		void visit() {
			require(this.inside == null, "two at once");
			this.inside = Thread.currentThread();
			int before = this.visits;
			this.visits = before + 1;
			this.inside = null;
		}

	}

	/**
	 * A queue that is wrong on purpose: it looks and then takes, or it looks for a waiter
	 * that is about to wait.
	 */
	private static final class CheckedQueue {

		private final boolean takesLate;

		private volatile @Nullable Thread owner;

		private volatile @Nullable Thread waiter;

		CheckedQueue(boolean takesLate) {
			this.takesLate = takesLate;
		}

		void visit(Room room) {
			if (this.takesLate) {
				if (this.owner == null) {
					this.owner = Thread.currentThread();
					room.visit();
					this.owner = null;
				}
				return;
			}
			synchronized (this) {
				if (this.owner == null) {
					this.owner = Thread.currentThread();
				}
			}
			while (this.owner != Thread.currentThread()) {
				// the owner may have looked for whom to hand over to just now
				this.waiter = Thread.currentThread();
				LockSupport.park(this);
			}
			room.visit();
			Thread next = this.waiter;
			if (next != null) {
				this.owner = next;
				LockSupport.unpark(next);
			}
		}

	}

}
