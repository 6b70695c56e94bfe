package io.atomicwrite.spring.actuate.endpoint;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.atomicwrite.lock.LockInfo;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.lock.LockRegistry.HeldLock;
import io.atomicwrite.lock.LockRegistry.WaitingLock;
import io.atomicwrite.lock.LockScope;
import io.atomicwrite.spring.actuate.endpoint.LocksDescriptor.HeldLockDescriptor;
import io.atomicwrite.spring.actuate.endpoint.LocksDescriptor.WaitingLockDescriptor;
import io.atomicwrite.spring.directory.LockLooks;
import io.atomicwrite.spring.directory.ManagedDirectories;
import org.jspecify.annotations.Nullable;

/**
 * Puts together what is held and awaited in this process and what others hold.
 *
 * @param locks the lock registry
 * @param looks looks for the locks of others
 * @param directories the directories
 */
record LockView(LockRegistry locks, LockLooks looks, ManagedDirectories directories) {

	LocksDescriptor describe(Page page) {
		List<WaitingLock> waiting = this.locks.waiting();
		Map<Path, LockInfo> elsewhere = this.looks.held(waiting.stream().map(WaitingLock::target).toList());
		Map<Path, HolderDescriptor> holders = new HashMap<>();
		List<HeldLockDescriptor> held = held(waiting, elsewhere, holders);
		List<WaitingLockDescriptor> waits = waiting.stream()
			.sorted(Comparator.comparing(WaitingLock::since))
			.map((wait) -> new WaitingLockDescriptor(wait.target().toString(), name(wait.target()), wait.since(),
					wait.thread(), holders.get(wait.target())))
			.toList();
		return new LocksDescriptor(page.of(held), held.size(), page.of(waits), waits.size(), page.offset(),
				page.limit());
	}

	/** Returns the locks that are held on files of a directory. */
	List<HeldLockDescriptor> of(String directory) {
		List<WaitingLock> waiting = this.locks.waiting();
		return held(waiting, this.looks.held(waiting.stream().map(WaitingLock::target).toList()), new HashMap<>())
			.stream()
			.filter((lock) -> lock.directory().equals(directory))
			.toList();
	}

	private List<HeldLockDescriptor> held(List<WaitingLock> waiting, Map<Path, LockInfo> elsewhere,
			Map<Path, HolderDescriptor> holders) {
		List<HeldLockDescriptor> held = new ArrayList<>();
		LockScope scope = this.locks.scope();
		for (HeldLock lock : this.locks.held()) {
			HolderDescriptor holder = HolderDescriptor.ofThread(lock.thread(), scope);
			holders.put(lock.target(), holder);
			held.add(new HeldLockDescriptor(lock.target().toString(), name(lock.target()), lock.since(), lock.thread(),
					lock.waiters(), holder));
		}
		elsewhere.forEach((target, info) -> {
			HolderDescriptor holder = HolderDescriptor.of(info, scope);
			if (holders.putIfAbsent(target, holder) == null) {
				held.add(new HeldLockDescriptor(target.toString(), name(target), info.since(), info.thread(),
						(int) waiting.stream().filter((wait) -> wait.target().equals(target)).count(), holder));
			}
		});
		held.sort(Comparator.comparing(LockView::sinceOrLast).thenComparing(HeldLockDescriptor::target));
		return held;
	}

	private static Instant sinceOrLast(HeldLockDescriptor lock) {
		@Nullable Instant since = lock.since();
		return (since != null) ? since : Instant.MAX;
	}

	private String name(Path target) {
		return this.directories.nameOf(target);
	}

	/**
	 * A part of a list.
	 *
	 * @param offset the index of its first element
	 * @param limit the most elements that it has
	 */
	record Page(int offset, int limit) {

		private static final int DEFAULT = 100;

		private static final int MOST = 1000;

		static Page of(@Nullable Integer offset, @Nullable Integer limit) {
			return new Page((offset != null) ? Math.max(0, offset) : 0,
					(limit != null) ? Math.min(MOST, Math.max(0, limit)) : DEFAULT);
		}

		<T> List<T> of(List<T> all) {
			int from = Math.min(this.offset, all.size());
			return List.copyOf(all.subList(from, Math.min(all.size(), from + this.limit)));
		}

	}

}
