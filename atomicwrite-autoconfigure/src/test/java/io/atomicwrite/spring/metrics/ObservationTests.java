package io.atomicwrite.spring.metrics;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.WriteAttempt;
import io.atomicwrite.spring.autoconfigure.AtomicWriteAutoConfiguration;
import io.atomicwrite.spring.autoconfigure.metrics.AtomicWriteMetricsAutoConfiguration;
import io.atomicwrite.spring.autoconfigure.metrics.AtomicWriteObservationAutoConfiguration;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.common.docs.KeyName;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.GlobalObservationConvention;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Observations by the conventions of Micrometer: documented keys, and names and keys that
 * an application can change.
 */
class ObservationTests {

	@TempDir
	private Path directory;

	private final Traces traces = new Traces();

	private ApplicationContextRunner runner() {
		return new ApplicationContextRunner()
			.withPropertyValues("atomicwrite.housekeeping.enabled=false",
					"atomicwrite.directories.data.path=" + this.directory.resolve("data"))
			.withConfiguration(AutoConfigurations.of(AtomicWriteAutoConfiguration.class,
					AtomicWriteMetricsAutoConfiguration.class, AtomicWriteObservationAutoConfiguration.class,
					MetricsAutoConfiguration.class, SimpleMetricsExportAutoConfiguration.class,
					CompositeMeterRegistryAutoConfiguration.class, ObservationAutoConfiguration.class));
	}

	private ApplicationContextRunner traced() {
		return runner().withInitializer((context) -> context.getBeanFactory().registerSingleton("traces", this.traces));
	}

	private Path target() {
		return this.directory.resolve("data/a.txt");
	}

	@Test
	void anObservationHasTheDocumentedKeysAndNoOthers() {
		traced().run((context) -> {
			context.getBean(AtomicFileTemplate.class).writeString(target(), "abc");
			Observation.Context trace = this.traces.only();
			AtomicWriteObservationDocumentation documented = AtomicWriteObservationDocumentation.WRITE;
			assertThat(keys(trace.getLowCardinalityKeyValues()).keySet())
				.containsExactlyInAnyOrderElementsOf(names(documented.getLowCardinalityKeyNames()));
			assertThat(keys(trace.getHighCardinalityKeyValues()))
				.containsExactly(Map.entry("file", target().toString()));
			assertThat(names(documented.getHighCardinalityKeyNames())).containsExactly("file");
			assertThat(trace.getName()).isEqualTo("atomicwrite.write");
			assertThat(trace).isInstanceOfSatisfying(AtomicWriteObservationContext.class, (own) -> {
				assertThat(own.getKind()).isEqualTo(WriteAttempt.Kind.WRITE);
				assertThat(own.getTarget()).isEqualTo(target());
				assertThat(own.getDirectory()).isEqualTo("data");
				assertThat(own.getOutcome()).contains("durable");
				assertThat(own.getResult()).hasValueSatisfying((result) -> assertThat(result.size()).isEqualTo(3));
			});
		});
	}

	@Test
	void theFileStaysOutOfTracesIfThatIsWanted() {
		traced().withPropertyValues("atomicwrite.observation.include-file=false").run((context) -> {
			context.getBean(AtomicFileTemplate.class).writeString(target(), "abc");
			assertThat(this.traces.only().getHighCardinalityKeyValues()).isEmpty();
		});
	}

	@Test
	void phasesAreEventsInTheirOrderAndMakeNoMeters() {
		traced().run((context) -> {
			Instant before = Instant.now();
			context.getBean(AtomicFileTemplate.class).writeString(target(), "abc");
			assertThat(this.traces.events).extracting(Observation.Event::getContextualName)
				.startsWith("resolve", "gate", "lock")
				.containsSubsequence("stage", "sync", "commit", "publish");
			assertThat(this.traces.events).extracting(Observation.Event::getWallTime)
				.isSorted()
				.allMatch((time) -> time >= before.toEpochMilli() - 1 && time <= Instant.now().toEpochMilli());
			assertThat(Stream.of(AtomicWriteObservationDocumentation.WRITE.getEvents()).map(Observation.Event::getName))
				.containsAll(this.traces.events.stream().map(Observation.Event::getName).toList());
			assertThat(context.getBean(MeterRegistry.class).getMeters()).extracting((meter) -> meter.getId().getName())
				.noneMatch((name) -> name.startsWith("atomicwrite.write.phase"));
		});
	}

	@Test
	void thePhaseThatFailedIsAnEvent() {
		traced().run((context) -> {
			AtomicFileTemplate template = context.getBean(AtomicFileTemplate.class);
			template.writeString(target(), "abc");
			this.traces.events.clear();
			assertThat(
					catchThrowable(() -> template.writeString(target(), "abc", (options) -> options.overwrite(false))))
				.isNotNull();
			assertThat(this.traces.events).extracting(Observation.Event::getName).containsExactly("phase.check");
		});
	}

	/** An event costs the meters more than the write itself. */
	@Test
	void metersAloneGetNoEvents() {
		List<String> asked = new ArrayList<>();
		runner().withBean(io.micrometer.core.instrument.config.MeterFilter.class,
				() -> new io.micrometer.core.instrument.config.MeterFilter() {

					@Override
					public io.micrometer.core.instrument.Meter.Id map(io.micrometer.core.instrument.Meter.Id id) {
						asked.add(id.getName());
						return id;
					}

				})
			.run((context) -> {
				context.getBean(AtomicFileTemplate.class).writeString(target(), "abc");
				assertThat(asked).contains("atomicwrite.write")
					.noneMatch((name) -> name.startsWith("atomicwrite.write.phase"));
			});
	}

	@Test
	void aConventionThatIsABeanReplacesOurs() {
		traced().withBean(AtomicWriteObservationConvention.class, OwnConvention::new).run((context) -> {
			context.getBean(AtomicFileTemplate.class).writeString(target(), "abc");
			assertThat(this.traces.only().getName()).isEqualTo("files.written");
			assertThat(keys(this.traces.only().getLowCardinalityKeyValues()))
				.containsExactly(Map.entry("tenant", "one"));
		});
	}

	@Test
	void aGlobalConventionReplacesOurs() {
		traced().withBean(GlobalConvention.class, GlobalConvention::new).run((context) -> {
			context.getBean(AtomicFileTemplate.class).writeString(target(), "abc");
			assertThat(keys(this.traces.only().getLowCardinalityKeyValues())).containsEntry("region", "eu")
				.containsEntry("outcome", "durable");
			assertThat(context.getBean(MeterRegistry.class).get("atomicwrite.write").timers())
				.allMatch((timer) -> "eu".equals(timer.getId().getTag("region")));
		});
	}

	private static List<String> names(KeyName[] keys) {
		return Stream.of(keys).map(KeyName::asString).toList();
	}

	private static Map<String, String> keys(KeyValues values) {
		Map<String, String> keys = new TreeMap<>();
		for (KeyValue value : values) {
			keys.put(value.getKey(), value.getValue());
		}
		return keys;
	}

	private static final class OwnConvention implements AtomicWriteObservationConvention {

		@Override
		public String getName() {
			return "files.written";
		}

		@Override
		public KeyValues getLowCardinalityKeyValues(AtomicWriteObservationContext context) {
			return KeyValues.of("tenant", "one");
		}

	}

	private static final class GlobalConvention extends DefaultAtomicWriteObservationConvention
			implements GlobalObservationConvention<AtomicWriteObservationContext> {

		@Override
		public KeyValues getLowCardinalityKeyValues(AtomicWriteObservationContext context) {
			return super.getLowCardinalityKeyValues(context).and("region", "eu");
		}

	}

	/** What a tracer would be given. */
	private static final class Traces implements ObservationHandler<Observation.Context> {

		private final List<Observation.Context> ended = new ArrayList<>();

		private final List<Observation.Event> events = new ArrayList<>();

		Observation.Context only() {
			assertThat(this.ended).hasSize(1);
			return this.ended.get(0);
		}

		@Override
		public void onEvent(Observation.Event event, Observation.Context context) {
			this.events.add(event);
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
