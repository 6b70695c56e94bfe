package io.atomicwrite.spring.metrics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.atomicwrite.TargetExistsException;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.spring.MountedAs;
import io.atomicwrite.spring.autoconfigure.AtomicWriteAutoConfiguration;
import io.atomicwrite.spring.autoconfigure.metrics.AtomicWriteMetricsAutoConfiguration;
import io.atomicwrite.spring.autoconfigure.metrics.AtomicWriteObservationAutoConfiguration;
import io.atomicwrite.spring.directory.FailureReason;
import io.atomicwrite.test.fault.FaultyFileOps;
import io.atomicwrite.test.fault.FileCall;
import io.atomicwrite.test.fault.InterceptingFileOps;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.tracer.common.SpanContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.prometheus.PrometheusMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

/**
 * What Prometheus scrapes, with observations and without: the same series, all of them
 * from the start, described, bounded in number.
 */
class ScrapeTests {

	static final int METERS_OF_A_DIRECTORY = 44;

	/** Two timers have a count, a sum and a maximum each. */
	static final int SERIES_OF_A_DIRECTORY = METERS_OF_A_DIRECTORY + 2 * 2;

	/** What operators are promised, with a directory of backups too. */
	private static final int MOST_SERIES = 50;

	@TempDir
	private Path directory;

	private final FaultyFileOps files = new FaultyFileOps(new MountedAs("ext4"));

	private ApplicationContextRunner runner(boolean observed) {
		ApplicationContextRunner runner = new ApplicationContextRunner().withBean(FileOps.class, () -> this.files)
			.withPropertyValues("atomicwrite.housekeeping.enabled=false",
					"atomicwrite.directories.data.path=" + this.directory.resolve("data"))
			.withConfiguration(AutoConfigurations.of(AtomicWriteAutoConfiguration.class,
					AtomicWriteMetricsAutoConfiguration.class, AtomicWriteObservationAutoConfiguration.class,
					MetricsAutoConfiguration.class, PrometheusMetricsExportAutoConfiguration.class));
		return observed ? runner.withConfiguration(AutoConfigurations.of(ObservationAutoConfiguration.class)) : runner;
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void everySeriesIsThereFromTheStartAndDescribed(boolean observed) {
		runner(observed).run((context) -> {
			PrometheusMeterRegistry registry = context.getBean(PrometheusMeterRegistry.class);
			awaitLooks(registry);
			Scrape before = Scrape.of(registry);
			AtomicFileTemplate template = context.getBean(AtomicFileTemplate.class);
			Path target = this.directory.resolve("data/a.txt");
			template.writeString(target, "abc");
			template.open(target).close();
			assertThatExceptionOfType(TargetExistsException.class)
				.isThrownBy(() -> template.writeString(target, "abc", (options) -> options.overwrite(false)));
			Scrape after = Scrape.of(registry);
			// only how a write ended is not known beforehand
			assertThat(after.names((name) -> !before.series().containsKey(name)))
				.allMatch((name) -> name.startsWith("atomicwrite_write_seconds"));
			assertThat(after.series().values()).noneMatch((value) -> value.isNaN());
			assertThat(before.series().values()).noneMatch((value) -> value.isNaN());
			assertThat(after.types()).isNotEmpty().allSatisfy((name, type) -> {
				assertThat(after.help().get(name)).as(name).isNotBlank();
				assertThat(type.equals("counter")).as(name).isEqualTo(name.endsWith("_total"));
			});
			for (AtomicWriteMeterDocumentation meter : AtomicWriteMeterDocumentation.values()) {
				String name = meter.getName().replace('.', '_');
				assertThat(before.series().keySet()).as(name)
					.anyMatch((series) -> series.startsWith(name) || name.startsWith("atomicwrite_document_")
							|| name.startsWith("atomicwrite_publication_") || ofSeveralHosts(name));
			}
		});
	}

	/** Those that only a lock store brings. */
	private static boolean ofSeveralHosts(String name) {
		return name.equals("atomicwrite_lock_renew");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void aDirectoryHasABoundedNumberOfSeries(boolean observed) {
		runner(observed).run((context) -> {
			PrometheusMeterRegistry registry = context.getBean(PrometheusMeterRegistry.class);
			awaitLooks(registry);
			assertThat(Scrape.of(registry).seriesOf("data")).isEqualTo(SERIES_OF_A_DIRECTORY)
				.isLessThanOrEqualTo(MOST_SERIES);
			assertThat(registry.getMeters()).filteredOn((meter) -> "data".equals(meter.getId().getTag("directory")))
				.hasSize(METERS_OF_A_DIRECTORY);
			AtomicFileTemplate template = context.getBean(AtomicFileTemplate.class);
			IntStream.range(0, 5)
				.forEach((i) -> template.writeString(this.directory.resolve("data/" + i + ".txt"), "abc"));
			assertThat(Scrape.of(registry).seriesOf("data")).isEqualTo(SERIES_OF_A_DIRECTORY);
		});
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void aDirectoryOfBackupsAddsTwo(boolean observed) {
		runner(observed)
			.withPropertyValues("atomicwrite.backup.enabled=true", "atomicwrite.checksum.mode=sidecar",
					"atomicwrite.backup.directory=" + this.directory.resolve("backups"))
			.run((context) -> {
				PrometheusMeterRegistry registry = context.getBean(PrometheusMeterRegistry.class);
				awaitLooks(registry);
				assertThat(Scrape.of(registry).seriesOf("data")).isEqualTo(SERIES_OF_A_DIRECTORY + 2)
					.isLessThanOrEqualTo(MOST_SERIES);
			});
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void aHistogramOfWritesTouchesWritesAlone(boolean observed) {
		List<Scrape> scrapes = new ArrayList<>();
		for (String wanted : new String[] { "false", "true" }) {
			runner(observed)
				.withPropertyValues("management.metrics.distribution.percentiles-histogram.atomicwrite.write=" + wanted)
				.run((context) -> {
					PrometheusMeterRegistry registry = context.getBean(PrometheusMeterRegistry.class);
					awaitLooks(registry);
					context.getBean(AtomicFileTemplate.class).writeString(this.directory.resolve("data/a.txt"), "abc");
					scrapes.add(Scrape.of(registry));
				});
		}
		List<String> added = scrapes.get(1).names((name) -> !scrapes.get(0).series().containsKey(name));
		assertThat(added).hasSizeGreaterThan(100)
			.allMatch((name) -> name.startsWith("atomicwrite_write_seconds_bucket{"));
	}

	@Test
	void labelsAreTheSameWithObservationsAndWithout() {
		List<Scrape> scrapes = new ArrayList<>();
		for (boolean observed : new boolean[] { true, false }) {
			runner(observed).run((context) -> {
				AtomicFileTemplate template = context.getBean(AtomicFileTemplate.class);
				Path target = this.directory.resolve("data/a.txt");
				template.writeString(target, "abc");
				catchThrowable(() -> template.writeString(target, "abc", (options) -> options.overwrite(false)));
				template.open(target).close();
				template.delete(target);
				scrapes.add(Scrape.of(context.getBean(PrometheusMeterRegistry.class)));
			});
		}
		assertThat(scrapes.get(0).labels("atomicwrite_write_seconds_count"))
			.isEqualTo(new TreeSet<>(List.of("directory", "error", "exception", "outcome")));
		String ofWrites = "atomicwrite_write_";
		assertThat(scrapes.get(0).names((name) -> name.startsWith(ofWrites)))
			.containsExactlyInAnyOrderElementsOf(scrapes.get(1).names((name) -> name.startsWith(ofWrites)));
	}

	@Test
	void theFirstFailureIncrementsAZero() {
		runner(false).run((context) -> {
			PrometheusMeterRegistry registry = context.getBean(PrometheusMeterRegistry.class);
			Scrape before = Scrape.of(registry);
			for (FailureReason reason : FailureReason.values()) {
				assertThat(before.value(failures("data", reason))).isZero();
				assertThat(before.value(failures("other", reason))).isZero();
			}
			this.files.fail((call) -> call.op() == FileCall.Op.OPEN_LOCK, 1, "No space left on device");
			assertThat(catchThrowable(() -> context.getBean(AtomicFileTemplate.class)
				.writeString(this.directory.resolve("data/a.txt"), "abc"))).isNotNull();
			Scrape after = Scrape.of(registry);
			for (FailureReason reason : FailureReason.values()) {
				assertThat(after.value(failures("data", reason))).isEqualTo((reason == FailureReason.NO_SPACE) ? 1 : 0);
			}
		});
	}

	private static String failures(String directory, FailureReason reason) {
		return "atomicwrite_write_failures_total{directory=\"" + directory + "\",reason=\"" + reason.text() + "\"}";
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void aTimerOfWritesHasTheTraceAsAnExemplar(boolean observed) {
		runner(observed)
			.withPropertyValues("management.metrics.distribution.percentiles-histogram.atomicwrite.write=true")
			.withBean(SpanContext.class, Traced::new)
			.run((context) -> {
				context.getBean(AtomicFileTemplate.class).writeString(this.directory.resolve("data/a.txt"), "abc");
				String text = context.getBean(PrometheusMeterRegistry.class)
					.scrape("application/openmetrics-text; version=1.0.0; charset=utf-8");
				assertThat(text.lines()).anyMatch((line) -> line.startsWith("atomicwrite_write_seconds_bucket{")
						&& line.contains("trace_id=\"" + Traced.TRACE + "\"") && line.contains("directory=\"data\""));
			});
	}

	/** What a gauge shows is what the last look found, so no scrape waits for a disk. */
	@Test
	void aScrapeOfManyDirectoriesDoesNoInputOrOutputOnItsThread() throws IOException {
		List<String> properties = new ArrayList<>();
		for (int i = 0; i < 100; i++) {
			properties.add("atomicwrite.directories.d" + i + ".path="
					+ Files.createDirectory(this.directory.resolve("d" + i)));
		}
		CallingThreads calls = new CallingThreads(new MountedAs("ext4"));
		new ApplicationContextRunner().withBean(FileOps.class, () -> calls)
			.withPropertyValues("atomicwrite.housekeeping.enabled=false", "atomicwrite.look-timeout=60s")
			.withPropertyValues(properties.toArray(String[]::new))
			.withConfiguration(
					AutoConfigurations.of(AtomicWriteAutoConfiguration.class, AtomicWriteMetricsAutoConfiguration.class,
							MetricsAutoConfiguration.class, PrometheusMetricsExportAutoConfiguration.class))
			.run((context) -> {
				PrometheusMeterRegistry registry = context.getBean(PrometheusMeterRegistry.class);
				awaitLooks(registry);
				calls.of(Thread.currentThread()).clear();
				Scrape scrape = Scrape.of(registry);
				assertThat(calls.of(Thread.currentThread())).isEmpty();
				assertThat(scrape.seriesOf("d0")).isEqualTo(SERIES_OF_A_DIRECTORY);
				assertThat(scrape.series()).hasSizeGreaterThan(100 * SERIES_OF_A_DIRECTORY);
			});
	}

	@Test
	void whereADirectoryIsAndWhatItNeedsFollowsTheMount() {
		MountedAs mounted = new MountedAs("ext4");
		new ApplicationContextRunner().withBean(FileOps.class, () -> mounted)
			.withPropertyValues("atomicwrite.housekeeping.enabled=false", "atomicwrite.checksum.mode=sidecar",
					"atomicwrite.directories.data.path=" + this.directory.resolve("data"))
			.withConfiguration(
					AutoConfigurations.of(AtomicWriteAutoConfiguration.class, AtomicWriteMetricsAutoConfiguration.class,
							MetricsAutoConfiguration.class, PrometheusMetricsExportAutoConfiguration.class))
			.run((context) -> {
				PrometheusMeterRegistry registry = context.getBean(PrometheusMeterRegistry.class);
				awaitInfo(registry, "ext4");
				Scrape first = Scrape.of(registry);
				assertThat(first.value("atomicwrite_directory_mount_changes_total{directory=\"data\"}")).isZero();
				assertThat(required(first)).containsExactly("best_effort", "best_effort", "best_effort", "best_effort");
				assertThat(first.value("atomicwrite_directory_free_bytes{directory=\"data\",place=\"directory\"}"))
					.isBetween(1.0, 1e18);
				mounted.remount("tmpfs");
				awaitInfo(registry, "tmpfs");
				Scrape second = Scrape.of(registry);
				assertThat(second.value("atomicwrite_directory_mount_changes_total{directory=\"data\"}"))
					.isGreaterThanOrEqualTo(1);
				// its nature, which the strict policy lets pass
				assertThat(required(second)).containsExactly("best_effort", "none", "best_effort", "best_effort");
				Files.delete(this.directory.resolve("data"));
				String usable = "atomicwrite_directory_usable{directory=\"data\"}";
				await().untilAsserted(() -> assertThat(Scrape.of(registry).value(usable)).isZero());
				// a directory that is gone is not full too
				assertThat(Scrape.of(registry)
					.value("atomicwrite_directory_free_bytes{directory=\"data\",place=\"directory\"}"))
					.isGreaterThan(0);
			});
	}

	private static List<String> required(Scrape scrape) {
		return Stream.of("atomic_visibility", "crash_durability", "writer_exclusion", "integrity_detection")
			.map((guarantee) -> "atomicwrite_guarantee_level{directory=\"data\",guarantee=\"" + guarantee
					+ "\",required=\"")
			.flatMap((start) -> scrape.names((name) -> name.startsWith(start))
				.stream()
				.map((name) -> name.substring(start.length(), name.length() - 2)))
			.toList();
	}

	private static void awaitInfo(PrometheusMeterRegistry registry, String type) {
		await().untilAsserted(() -> assertThat(
				Scrape.of(registry).names((name) -> name.startsWith("atomicwrite_directory_info{directory=\"data\"")))
			.singleElement()
			.asString()
			.isEqualTo("atomicwrite_directory_info{directory=\"data\",mount=\"/\",safety=\"strict\",type=\"" + type
					+ "\"}"));
	}

	/** A first look renews series one after the other, that of the filesystem last. */
	private static void awaitLooks(PrometheusMeterRegistry registry) {
		await().untilAsserted(() -> {
			List<String> found = Scrape.of(registry).names((name) -> name.startsWith("atomicwrite_directory_info{"));
			assertThat(found).isNotEmpty().noneMatch((name) -> name.contains("type=\"unknown\""));
		});
	}

	/** Which thread makes which calls. */
	private static final class CallingThreads extends InterceptingFileOps {

		private final Map<Thread, List<FileCall>> calls = new ConcurrentHashMap<>();

		CallingThreads(FileOps delegate) {
			super(delegate);
		}

		List<FileCall> of(Thread thread) {
			return this.calls.computeIfAbsent(thread, (key) -> Collections.synchronizedList(new ArrayList<>()));
		}

		@Override
		protected <T extends @Nullable Object> T intercept(FileCall call, Action<T> action) throws IOException {
			of(Thread.currentThread()).add(call);
			return action.run();
		}

	}

	/** A span that is always there, as a tracer would provide it. */
	private static final class Traced implements SpanContext {

		private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

		@Override
		public String getCurrentTraceId() {
			return TRACE;
		}

		@Override
		public String getCurrentSpanId() {
			return "b7ad6b7169203331";
		}

		@Override
		public boolean isCurrentSpanSampled() {
			return true;
		}

		@Override
		public void markCurrentSpanAsExemplar() {
		}

	}

}
