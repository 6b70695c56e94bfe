package io.atomicwrite.spring.metrics;

import java.util.List;
import java.util.stream.Stream;

import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.spring.directory.DirectoryLooks;
import io.atomicwrite.spring.directory.LiveWrites;
import io.atomicwrite.spring.directory.ManagedDirectories;
import io.atomicwrite.spring.directory.ManagedDirectory;
import io.atomicwrite.spring.housekeeping.DirectoryHousekeeping;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * A {@link MeterBinder} that registers all meters, so that they exist from the start of
 * the application, and has the gauges of locks and managed directories. A gauge does no
 * I/O: it has the last known value, and a scrape begins a look in the background where
 * that is old.
 */
public class AtomicWriteMetrics implements MeterBinder {

	private final DirectoryLooks looks;

	private final DirectoryHousekeeping housekeeping;

	private final LockRegistry locks;

	private final ObservedWrites observed;

	private final LiveWrites writes;

	/**
	 * Creates the binder.
	 * @param looks looks at the directories
	 * @param housekeeping sweeps the directories
	 * @param locks the lock registry
	 * @param observed whether and how writes are observed
	 * @param writes the writes under way
	 */
	public AtomicWriteMetrics(DirectoryLooks looks, DirectoryHousekeeping housekeeping, LockRegistry locks,
			ObservedWrites observed, LiveWrites writes) {
		this.looks = looks;
		this.housekeeping = housekeeping;
		this.locks = locks;
		this.observed = observed;
		this.writes = writes;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		List<String> names = Stream
			.concat(this.looks.directories().all().stream().map(ManagedDirectory::name),
					Stream.of(ManagedDirectories.OTHER))
			.toList();
		new WriteMeters(registry).register(names, this.observed);
		names.forEach((name) -> oldest(name, registry));
		new LockMeters(registry).register(names, this.locks.scope());
		MicrometerSweepListener.register(registry);
		new LockGauges(this.locks, this.looks.directories(), this.looks.clock()).register(names, registry);
		for (ManagedDirectory directory : this.looks.directories().all()) {
			DirectoryGauges gauges = new DirectoryGauges(directory, this.looks, registry);
			gauges.register();
			this.looks.listen(gauges);
			new SweepMeters(directory, this.housekeeping).register(registry);
		}
		this.looks.begin();
	}

	private void oldest(String name, MeterRegistry registry) {
		AtomicWriteMeterDocumentation.WRITE_OLDEST
			.gauge(() -> this.writes.in(name).mapToLong((write) -> write.age().toMillis()).max().orElse(0) / 1e3)
			.tag(MeterNames.DIRECTORY, name)
			.register(registry);
	}

}
