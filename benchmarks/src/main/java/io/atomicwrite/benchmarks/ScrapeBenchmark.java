package io.atomicwrite.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.core.WriteRequirements;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.lock.LockScope;
import io.atomicwrite.maintenance.DirectoryCensus;
import io.atomicwrite.maintenance.Housekeeper;
import io.atomicwrite.maintenance.SweepOptions;
import io.atomicwrite.spring.directory.DirectoryInspector;
import io.atomicwrite.spring.directory.DirectoryLooks;
import io.atomicwrite.spring.directory.LiveWrites;
import io.atomicwrite.spring.directory.ManagedDirectories;
import io.atomicwrite.spring.housekeeping.DirectoryHousekeeping;
import io.atomicwrite.spring.metrics.AtomicWriteMetrics;
import io.atomicwrite.spring.metrics.ObservedWrites;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a scrape of an application with many managed directories takes. The looks that it
 * begins run on other threads at the same time.
 */
@BenchmarkMode({ Mode.AverageTime, Mode.SampleTime })
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@State(Scope.Benchmark)
public class ScrapeBenchmark {

	/**
	 * The number of managed directories.
	 */
	@Param({ "1", "100" })
	public int directories;

	private PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

	/**
	 * Registers the meters of the directories.
	 * @throws IOException if there is no place for them
	 */
	@Setup
	public void bind() throws IOException {
		Path place = Files.createTempDirectory("scrape");
		Map<String, Path> paths = new LinkedHashMap<>();
		for (int i = 0; i < this.directories; i++) {
			paths.put("d" + i, Files.createDirectory(place.resolve("d" + i)));
		}
		ManagedDirectories managed = new ManagedDirectories(paths);
		LockRegistry locks = LockRegistry.file();
		FileOps files = FileOps.system();
		DirectoryLooks looks = new DirectoryLooks(managed,
				new DirectoryInspector(files, new WriteRequirements(WriteOptions.engineDefaults(), LockScope.HOST)),
				new DirectoryCensus(files, locks, ".backup"), Duration.ofMinutes(1), InstantSource.system());
		this.registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
		new AtomicWriteMetrics(looks,
				new DirectoryHousekeeping(new Housekeeper(files, locks, InstantSource.system()),
						SweepOptions.defaults(), List.of(), null),
				locks, new ObservedWrites(ObservationRegistry.NOOP, Stream::empty, Stream::empty, Stream::empty),
				new LiveWrites(managed, InstantSource.system()))
			.bindTo(this.registry);
	}

	/**
	 * One scrape.
	 * @return what Prometheus gets
	 */
	@Benchmark
	public String scrape() {
		return this.registry.scrape();
	}

}
