package io.atomicwrite.spring.metrics;

import java.io.IOException;
import java.util.function.ToDoubleFunction;

import io.atomicwrite.Guarantee;
import io.atomicwrite.guarantee.Assessment;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.maintenance.CensusReport;
import io.atomicwrite.spring.directory.CachedCensus;
import io.atomicwrite.spring.directory.DirectoryInspector;
import io.atomicwrite.spring.directory.ManagedDirectories;
import io.atomicwrite.spring.directory.ManagedDirectory;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * A {@link MeterBinder} for gauges of locks and managed directories.
 */
public class AtomicWriteMetrics implements MeterBinder {

	private final ManagedDirectories directories;

	private final DirectoryInspector inspector;

	private final CachedCensus census;

	private final LockRegistry locks;

	/**
	 * Creates the gauges.
	 * @param directories the directories
	 * @param inspector inspects them
	 * @param census counts the artifacts in them
	 * @param locks the lock registry
	 */
	public AtomicWriteMetrics(ManagedDirectories directories, DirectoryInspector inspector, CachedCensus census,
			LockRegistry locks) {
		this.directories = directories;
		this.inspector = inspector;
		this.census = census;
		this.locks = locks;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		Gauge.builder(MeterNames.LOCK_HELD, () -> this.locks.held().size())
			.description("Locks that are held")
			.register(registry);
		Gauge.builder(MeterNames.LOCK_WAITING, () -> this.locks.waiting().size())
			.description("Threads that wait for a lock")
			.register(registry);
		for (ManagedDirectory directory : this.directories.all()) {
			bindCensus(directory, registry);
			for (Guarantee guarantee : Guarantee.values()) {
				bindLevel(directory, guarantee, registry);
			}
		}
	}

	private void bindCensus(ManagedDirectory directory, MeterRegistry registry) {
		Gauge.builder(MeterNames.ORPHANS, () -> counted(directory, (report) -> report.orphans().count()))
			.description("Staging files whose writer is gone")
			.tag(MeterNames.DIRECTORY, directory.name())
			.register(registry);
		Gauge.builder(MeterNames.ORPHAN_SIZE, () -> counted(directory, (report) -> report.orphans().bytes()))
			.description("Size of the staging files whose writer is gone")
			.baseUnit("bytes")
			.tag(MeterNames.DIRECTORY, directory.name())
			.register(registry);
	}

	private void bindLevel(ManagedDirectory directory, Guarantee guarantee, MeterRegistry registry) {
		Gauge.builder(MeterNames.GUARANTEE_LEVEL, () -> level(directory, guarantee))
			.description("Level of a guarantee, from 3 (guaranteed) to 0 (unsupported)")
			.tag(MeterNames.DIRECTORY, directory.name())
			.tag(MeterNames.GUARANTEE, MeterNames.value(guarantee))
			.register(registry);
	}

	private double counted(ManagedDirectory directory, ToDoubleFunction<CensusReport> value) {
		CensusReport report = this.census.count(directory);
		return (report != null) ? value.applyAsDouble(report) : Double.NaN;
	}

	private double level(ManagedDirectory directory, Guarantee guarantee) {
		try {
			Assessment assessment = this.inspector.inspect(directory).guarantees().get(guarantee);
			return (assessment != null) ? assessment.level().ordinal() : Double.NaN;
		}
		catch (IOException ex) {
			return Double.NaN;
		}
	}

}
