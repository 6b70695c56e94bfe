package io.atomicwrite.spring.health;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.lock.LockRegistry.HeldLock;
import io.atomicwrite.lock.LockRegistry.WaitingLock;
import io.atomicwrite.spring.directory.ManagedDirectories;

/**
 * The locks of each directory. Does no I/O.
 *
 * @param locks the lock registry
 * @param directories the directories
 * @param clock the clock
 */
record LockHealth(LockRegistry locks, ManagedDirectories directories, InstantSource clock) {

	/** Returns the locks of the targets in a directory. */
	Locks of(String directory) {
		List<Turn> held = this.locks.held().stream().map(Turn::of).filter((turn) -> isIn(directory, turn)).toList();
		List<Turn> waiting = this.locks.waiting()
			.stream()
			.map(Turn::of)
			.filter((turn) -> isIn(directory, turn))
			.toList();
		return new Locks(held.size(), waiting.size(), oldest(held), oldest(waiting), this.clock.instant());
	}

	private boolean isIn(String directory, Turn turn) {
		return this.directories.nameOf(turn.target).equals(directory);
	}

	private static Optional<Turn> oldest(List<Turn> turns) {
		return turns.stream().min(Comparator.comparing(Turn::since));
	}

	/** A lock that a thread of this process holds or waits for. */
	record Turn(Path target, Instant since, String thread) {

		static Turn of(HeldLock lock) {
			return new Turn(lock.target(), lock.since(), lock.thread());
		}

		static Turn of(WaitingLock lock) {
			return new Turn(lock.target(), lock.since(), lock.thread());
		}

		Duration age(Instant now) {
			Duration age = Duration.between(this.since, now);
			return age.isNegative() ? Duration.ZERO : age;
		}

		Map<String, Object> describe(Instant now) {
			Map<String, Object> described = new LinkedHashMap<>();
			described.put("target", this.target.toString());
			described.put("thread", this.thread);
			described.put("seconds", age(now).toSeconds());
			return described;
		}

	}

	/** What is held and awaited in a directory. */
	record Locks(int held, int waiting, Optional<Turn> oldestHold, Optional<Turn> oldestWait, Instant now) {

		Map<String, Object> describe() {
			Map<String, Object> described = new LinkedHashMap<>();
			described.put("held", this.held);
			described.put("waiting", this.waiting);
			this.oldestHold.ifPresent((turn) -> described.put("oldestHold", turn.describe(this.now)));
			this.oldestWait.ifPresent((turn) -> described.put("oldestWait", turn.describe(this.now)));
			return described;
		}

	}

}
