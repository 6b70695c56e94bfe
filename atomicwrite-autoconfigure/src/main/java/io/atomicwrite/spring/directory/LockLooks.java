package io.atomicwrite.spring.directory;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.atomicwrite.AtomicWriteException;
import io.atomicwrite.lock.LockInfo;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.maintenance.DirectoryListing;

/**
 * Looks for those who hold locks and are no threads of this process, for the endpoint.
 * Each directory has a daemon thread of its own, and a caller waits for at most the limit
 * of the looks. Thread-safe.
 */
public final class LockLooks implements AutoCloseable {

	private static final int MOST = 1000;

	private final DirectoryLooks looks;

	private final LockRegistry locks;

	private final DirectoryListing listing;

	private final Map<String, Place> places = new ConcurrentHashMap<>();

	/**
	 * Creates an instance, and no thread yet.
	 * @param looks looks at the directories
	 * @param locks the lock registry
	 * @param listing lists the locks of a directory
	 */
	public LockLooks(DirectoryLooks looks, LockRegistry locks, DirectoryListing listing) {
		this.looks = looks;
		this.locks = locks;
		this.listing = listing;
	}

	/**
	 * Looks for the locks that are held, but by no thread of this process: of all targets
	 * in directories that answer, and of targets that are awaited.
	 * @param awaited the targets that threads of this process wait for
	 * @return the locks by target; those that were found in time
	 */
	public Map<Path, LockInfo> held(Collection<Path> awaited) {
		Map<String, Set<Path>> wanted = new LinkedHashMap<>();
		this.looks.directories()
			.all()
			.stream()
			.filter((directory) -> this.looks.lastInspection(directory).current().isPresent())
			.forEach((directory) -> wanted.put(directory.name(), new HashSet<>()));
		awaited.forEach(
				(target) -> wanted.computeIfAbsent(this.looks.directories().nameOf(target), (name) -> new HashSet<>())
					.add(target));
		Map<Place, Look.Attempt> begun = new LinkedHashMap<>();
		wanted.forEach((name, targets) -> {
			Place place = this.places.computeIfAbsent(name, Place::new);
			begun.put(place, place.begin(targets));
		});
		Map<Path, LockInfo> found = new HashMap<>();
		long deadline = System.nanoTime() + this.looks.limit().toNanos();
		begun.forEach((place, attempt) -> place.look.await(attempt, Duration.ofNanos(deadline - System.nanoTime()))
			.value()
			.ifPresent((held) -> held.forEach((info) -> found.put(info.target(), info))));
		return found;
	}

	@Override
	public void close() {
		this.places.values().forEach((place) -> place.look.close());
	}

	/**
	 * The looks at one directory.
	 */
	private final class Place {

		private final String name;

		private final Look<List<LockInfo>> look;

		private volatile Set<Path> wanted = Set.of();

		Place(String name) {
			this.name = name;
			this.look = new Look<>("atomicwrite-locks-" + name, this::find, () -> {
			}, LockLooks.this.looks.limit(), LockLooks.this.looks.clock());
		}

		Look.Attempt begin(Set<Path> targets) {
			this.wanted = Set.copyOf(targets);
			return this.look.begin(Duration.ZERO);
		}

		private List<LockInfo> find() throws IOException {
			Map<Path, LockInfo> found = new LinkedHashMap<>();
			this.wanted.forEach((target) -> inspect(target, found));
			ManagedDirectory directory = LockLooks.this.looks.directories().get(this.name);
			if (directory != null) {
				LockLooks.this.listing.heldElsewhere(directory.path(), MOST)
					.forEach((info) -> found.putIfAbsent(info.target(), info));
			}
			return List.copyOf(found.values());
		}

		private void inspect(Path target, Map<Path, LockInfo> found) {
			try {
				LockInfo info = Objects.requireNonNull(LockLooks.this.locks.inspect(target));
				if (info.state() == LockInfo.State.HELD) {
					found.put(target, info);
				}
			}
			catch (AtomicWriteException ex) {
				// a lock that can't be looked at has an unknown holder
			}
		}

	}

}
