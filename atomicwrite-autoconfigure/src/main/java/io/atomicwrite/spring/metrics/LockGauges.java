package io.atomicwrite.spring.metrics;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.lock.LockRegistry.HeldLock;
import io.atomicwrite.lock.LockRegistry.WaitingLock;
import io.atomicwrite.spring.directory.ManagedDirectories;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;

/**
 * The gauges of locks. All that a scrape reads comes from one look at the registry, for
 * however many directories. Thread-safe.
 */
final class LockGauges {

	/** A scrape takes no longer. */
	private static final long MAX_AGE_NANOS = Duration.ofMillis(10).toNanos();

	private final LockRegistry locks;

	private final ManagedDirectories directories;

	private final InstantSource clock;

	private volatile @Nullable Snapshot last;

	LockGauges(LockRegistry locks, ManagedDirectories directories, InstantSource clock) {
		this.locks = locks;
		this.directories = directories;
		this.clock = clock;
	}

	void register(Collection<String> names, MeterRegistry registry) {
		for (String name : names) {
			gauge(AtomicWriteMeterDocumentation.LOCK_HELD, name, (now) -> now.held(name).count, registry);
			gauge(AtomicWriteMeterDocumentation.LOCK_WAITING, name, (now) -> now.waiting(name).count, registry);
			gauge(AtomicWriteMeterDocumentation.LOCK_OLDEST_HOLD, name, (now) -> now.held(name).seconds, registry);
			gauge(AtomicWriteMeterDocumentation.LOCK_OLDEST_WAIT, name, (now) -> now.waiting(name).seconds, registry);
		}
	}

	private void gauge(AtomicWriteMeterDocumentation meter, String directory, Function<Snapshot, Number> value,
			MeterRegistry registry) {
		String reader = meter + " " + directory;
		meter.gauge(() -> value.apply(look(reader))).tag(MeterNames.DIRECTORY, directory).register(registry);
	}

	/** No gauge is read from one snapshot twice: whoever reads it again gets news. */
	private Snapshot look(String reader) {
		Snapshot known = this.last;
		if (known != null && System.nanoTime() - known.taken < MAX_AGE_NANOS && known.readers.add(reader)) {
			return known;
		}
		Snapshot taken = take();
		taken.readers.add(reader);
		this.last = taken;
		return taken;
	}

	private Snapshot take() {
		Snapshot snapshot = new Snapshot(System.nanoTime());
		Instant now = this.clock.instant();
		for (HeldLock lock : this.locks.held()) {
			add(snapshot.held, lock.target(), lock.since(), now);
		}
		for (WaitingLock wait : this.locks.waiting()) {
			add(snapshot.waiting, wait.target(), wait.since(), now);
		}
		return snapshot;
	}

	private void add(Map<String, Tally> tallies, Path target, Instant since, Instant now) {
		// the clock may have been set back
		double seconds = Math.max(0, Duration.between(since, now).toMillis() / 1e3);
		tallies.merge(this.directories.nameOf(target), new Tally(1, seconds), Tally::plus);
	}

	/**
	 * The locks of one directory.
	 *
	 * @param count their number
	 * @param seconds the age of the oldest
	 */
	private record Tally(long count, double seconds) {

		private static final Tally NONE = new Tally(0, 0);

		Tally plus(Tally other) {
			return new Tally(this.count + other.count, Math.max(this.seconds, other.seconds));
		}

	}

	private static final class Snapshot {

		private final long taken;

		private final Map<String, Tally> held = new HashMap<>();

		private final Map<String, Tally> waiting = new HashMap<>();

		private final Set<String> readers = ConcurrentHashMap.newKeySet();

		Snapshot(long taken) {
			this.taken = taken;
		}

		Tally held(String directory) {
			return this.held.getOrDefault(directory, Tally.NONE);
		}

		Tally waiting(String directory) {
			return this.waiting.getOrDefault(directory, Tally.NONE);
		}

	}

}
