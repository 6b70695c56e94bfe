package io.atomicwrite.spring.metrics;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.atomicwrite.SafetyPolicy;
import io.atomicwrite.checksum.Version;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.StagedWrite;
import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.lock.LockRequest;
import io.atomicwrite.spring.MountedAs;
import io.atomicwrite.spring.autoconfigure.AtomicWriteAutoConfiguration;
import io.atomicwrite.spring.autoconfigure.metrics.AtomicWriteMetricsAutoConfiguration;
import io.atomicwrite.spring.autoconfigure.metrics.AtomicWriteObservationAutoConfiguration;
import io.atomicwrite.test.fault.FaultyFileOps;
import io.atomicwrite.test.fault.FileCall.Op;
import io.micrometer.common.KeyValue;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * However a write ends, and in whichever directory: a timer and a trace say how, with the
 * same tags, and a trace has the error.
 */
class ObserverRuleTests {

	@TempDir
	private Path directory;

	private final FaultyFileOps files = new FaultyFileOps(new MountedAs("ext4"));

	private final Traces traces = new Traces();

	static Stream<Arguments> endsAndDirectories() {
		return Stream.of(End.values())
			.flatMap((end) -> Stream.of("data", "other").map((name) -> Arguments.of(end, name)));
	}

	@ParameterizedTest
	@MethodSource("endsAndDirectories")
	void traceSaysHowAWriteEnds(End end, String name) throws Exception {
		Path target = target(name);
		runner(true).run((context) -> {
			Throwable thrown = catchThrowable(() -> end.write(context.getBean(AtomicFileTemplate.class),
					context.getBean(LockRegistry.class), this.files, target));
			assertThat(this.traces.ended).hasSize(1);
			Observation.Context trace = this.traces.ended.get(0);
			assertThat(this.traces.started).isOne();
			assertThat(tags(trace)).isEqualTo(end.tags(name));
			assertThat(trace.getContextualName()).isEqualTo("write file");
			// the failure itself, or the trace is green
			assertThat(trace.getError()).isSameAs(thrown);
			assertThat(this.traces.errors).isEqualTo((thrown != null) ? 1 : 0);
			assertTimed(context.getBean(MeterRegistry.class), end.tags(name), thrown);
		});
	}

	@ParameterizedTest
	@MethodSource("endsAndDirectories")
	void timerSaysHowAWriteEndsWithoutTraces(End end, String name) throws Exception {
		Path target = target(name);
		runner(false).run((context) -> {
			Throwable thrown = catchThrowable(() -> end.write(context.getBean(AtomicFileTemplate.class),
					context.getBean(LockRegistry.class), this.files, target));
			MeterRegistry meters = context.getBean(MeterRegistry.class);
			assertTimed(meters, end.tags(name), thrown);
			boolean written = thrown == null && end != End.DISCARDED;
			for (String one : new String[] { "data", "other" }) {
				assertThat(meters.get("atomicwrite.content.size").tag("directory", one).counter().count())
					.isEqualTo((written && one.equals(name)) ? 1 : 0);
			}
			assertThat(meters.get("atomicwrite.phase").tag("phase", "commit").timer().count())
				.isEqualTo(written ? 1 : 0);
		});
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void movesAndDeletesAreTimedAndTracedWithoutASize(boolean traced) throws Exception {
		Path target = target("data");
		runner(traced).run((context) -> {
			AtomicFileTemplate template = context.getBean(AtomicFileTemplate.class);
			MeterRegistry meters = context.getBean(MeterRegistry.class);
			Files.writeString(target, "content");
			template.move(target, target.resolveSibling("moved"));
			template.delete(target.resolveSibling("moved"));
			assertThat(meters.find("atomicwrite.write").tag("directory", "data").timers()).extracting(Timer::count)
				.contains(2L);
			assertThat(meters.get("atomicwrite.content.size").tag("directory", "data").counter().count()).isZero();
			if (traced) {
				assertThat(this.traces.ended).extracting(Observation.Context::getContextualName)
					.containsExactly("move file", "delete file");
			}
		});
	}

	private static void assertTimed(MeterRegistry meters, Map<String, String> tags, @Nullable Throwable thrown) {
		long counted = 0;
		for (Timer timer : meters.find("atomicwrite.write").timers()) {
			counted += timer.count();
			if (timer.count() > 0) {
				tags.forEach((key, value) -> assertThat(timer.getId().getTag(key)).as(key).isEqualTo(value));
			}
		}
		assertThat(counted).as("timed, with " + thrown).isOne();
	}

	/** Each way in which a lock is waited for has its own outcome. */
	@ParameterizedTest
	@EnumSource(Wait.class)
	void timerSaysHowAWaitEnds(Wait wait) throws Exception {
		Path target = target("data");
		runner(false).run((context) -> {
			LockRegistry locks = context.getBean(LockRegistry.class);
			wait.run(locks, target);
			MeterRegistry meters = context.getBean(MeterRegistry.class);
			for (String outcome : new String[] { "acquired", "timeout", "busy", "interrupted" }) {
				long expected = outcome.equals(wait.outcome()) ? 1 : 0;
				long count = meters.find("atomicwrite.lock.wait")
					.tags("directory", "data", "outcome", outcome)
					.timers()
					.stream()
					.mapToLong(Timer::count)
					.sum();
				// the other's is acquired too
				assertThat(count).as(outcome)
					.isEqualTo(expected + ((outcome.equals("acquired") && wait != Wait.ACQUIRED) ? 1 : 0));
			}
			assertThat(meters.get("atomicwrite.lock.held").tag("directory", "data").gauge().value()).isZero();
		});
	}

	@Test
	void twoWritesUnderWayAtOnceAreTwo() throws Exception {
		runner(true).run((context) -> {
			AtomicFileTemplate template = context.getBean(AtomicFileTemplate.class);
			try (StagedWrite first = template.open(target("data"),
					WriteOptions.engineDefaults().toBuilder().lock(LockRequest.none()).build());
					StagedWrite second = template.open(target("data"),
							WriteOptions.engineDefaults().toBuilder().lock(LockRequest.none()).build())) {
				second.commit();
				first.discard();
			}
			assertThat(this.traces.ended).extracting((trace) -> tags(trace).get("outcome"))
				.containsExactly("durable", "discarded");
		});
	}

	private Path target(String name) throws Exception {
		Path place = Files.createDirectories(this.directory.resolve(name));
		return place.resolve("a.json");
	}

	private ApplicationContextRunner runner(boolean traced) {
		ApplicationContextRunner runner = new ApplicationContextRunner()
			.withPropertyValues("atomicwrite.housekeeping.enabled=false",
					"atomicwrite.directories.data.path=" + this.directory.resolve("data"))
			.withBean(FileOps.class, () -> this.files)
			.withConfiguration(
					AutoConfigurations.of(AtomicWriteAutoConfiguration.class, AtomicWriteMetricsAutoConfiguration.class,
							AtomicWriteObservationAutoConfiguration.class, MetricsAutoConfiguration.class,
							SimpleMetricsExportAutoConfiguration.class, CompositeMeterRegistryAutoConfiguration.class));
		return traced
				? runner.withConfiguration(AutoConfigurations.of(ObservationAutoConfiguration.class))
					.withInitializer((context) -> context.getBeanFactory().registerSingleton("traces", this.traces))
				: runner;
	}

	private static Map<String, String> tags(Observation.Context trace) {
		Map<String, String> tags = new TreeMap<>();
		for (KeyValue one : trace.getLowCardinalityKeyValues()) {
			tags.put(one.getKey(), one.getValue());
		}
		return tags;
	}

	/**
	 * How a write ends.
	 */
	enum End {

		/** As it should. */
		DURABLE("durable", "none"),

		/** Committed, and not known to be durable. */
		ACCEPTED("visible_not_durable", "none"),

		/** The same, where that is an error. */
		NOT_DURABLE("visible_not_durable", "DurabilityUnknownException"),

		/** Given up by its caller. */
		DISCARDED("discarded", "none"),

		/** Refused by an option. */
		EXISTS("not_committed", "TargetExistsException"),

		/** Refused by a version. */
		CONFLICT("not_committed", "VersionConflictException"),

		/** Not begun, for want of the lock. */
		BUSY("not_committed", "LockNotAcquiredException"),

		/** Failed by the disk. */
		FAILED("not_committed", "WriteFailedException"),

		/** Failed at the rename, whose answer was lost. */
		INDETERMINATE("indeterminate", "WriteFailedException"),

		/** Failed by the caller. */
		OF_THE_CALLER("not_committed", "ArithmeticException");

		private final String outcome;

		private final String exception;

		End(String outcome, String exception) {
			this.outcome = outcome;
			this.exception = exception;
		}

		Map<String, String> tags(String directory) {
			return new TreeMap<>(Map.of("directory", directory, "outcome", this.outcome, "exception", this.exception));
		}

		void write(AtomicFileTemplate template, LockRegistry locks, FaultyFileOps files, Path target) throws Exception {
			WriteOptions.Builder options = WriteOptions.engineDefaults().toBuilder().lock(LockRequest.failFast());
			switch (this) {
				case DURABLE -> template.writeString(target, "x", options.build());
				case ACCEPTED, NOT_DURABLE -> {
					files.fail((call) -> call.op() == Op.SYNC_DIRECTORY, 1, "Input/output error");
					template.writeString(target, "x",
							options.safety((this == ACCEPTED) ? SafetyPolicy.BEST_EFFORT : SafetyPolicy.STRICT)
								.build());
				}
				case DISCARDED -> template.open(target, options.build()).close();
				case EXISTS -> {
					Files.writeString(target, "there");
					template.writeString(target, "x", options.overwrite(false).build());
				}
				case CONFLICT ->
					template.writeString(target, "x", options.expectedVersion(Version.of(new byte[1])).build());
				case BUSY -> {
					Thread other = new Thread(() -> locks.acquire(target, LockRequest.failFast()));
					other.start();
					other.join();
					template.writeString(target, "x", options.build());
				}
				case FAILED -> {
					files.fail((call) -> call.op() == Op.SYNC, 1, "Input/output error");
					template.writeString(target, "x", options.build());
				}
				case INDETERMINATE -> {
					files.afterwards().fail((call) -> call.op() == Op.RENAME, 1, "Input/output error");
					template.writeString(target, "x", options.build());
				}
				case OF_THE_CALLER -> template.write(target, (out) -> {
					throw new ArithmeticException("of the caller");
				}, options.build());
			}
		}

	}

	/**
	 * How a wait ends.
	 */
	enum Wait {

		ACQUIRED, TIMEOUT, BUSY, INTERRUPTED;

		String outcome() {
			return name().toLowerCase(java.util.Locale.ROOT);
		}

		void run(LockRegistry locks, Path target) throws Exception {
			if (this == ACQUIRED) {
				locks.acquire(target, LockRequest.failFast()).close();
				return;
			}
			List<AutoCloseable> lease = new ArrayList<>();
			Thread other = new Thread(() -> lease.add(locks.acquire(target, LockRequest.failFast())));
			other.start();
			other.join();
			LockRequest request = switch (this) {
				case TIMEOUT -> LockRequest.waitUpTo(java.time.Duration.ofMillis(1));
				case INTERRUPTED -> LockRequest.waitForever();
				default -> LockRequest.failFast();
			};
			if (this == INTERRUPTED) {
				Thread.currentThread().interrupt();
			}
			assertThat(catchThrowable(() -> locks.acquire(target, request))).isNotNull();
			Thread.interrupted();
			lease.get(0).close();
		}

	}

	/**
	 * What a tracer would be given.
	 */
	private static final class Traces implements ObservationHandler<Observation.Context> {

		private final List<Observation.Context> ended = new ArrayList<>();

		private int started;

		private int errors;

		@Override
		public void onStart(Observation.Context context) {
			this.started++;
		}

		@Override
		public void onError(Observation.Context context) {
			this.errors++;
		}

		@Override
		public void onStop(Observation.Context context) {
			this.ended.add(context);
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return true;
		}

	}

}
