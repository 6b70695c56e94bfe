package io.atomicwrite.spring.context;

import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.atomicwrite.artifact.ArtifactKind;
import io.atomicwrite.core.AtomicFileOperations;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.WriteAttempt;
import io.atomicwrite.core.WriteListener;
import io.atomicwrite.core.WriteResult;
import io.atomicwrite.format.Format;
import io.atomicwrite.lock.LockListener;
import io.atomicwrite.maintenance.SweepListener;
import io.micrometer.common.KeyValues;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.GlobalObservationConvention;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationFilter;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationPredicate;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.module.SimpleModule;

import org.springframework.boot.actuate.audit.AuditEventRepository;
import org.springframework.boot.actuate.audit.InMemoryAuditEventRepository;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.boot.micrometer.metrics.autoconfigure.MeterRegistryCustomizer;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationRegistryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever observes writes may write itself: a template in its constructor is no circle,
 * and what it writes is not observed without end.
 */
class TelemetryThatWritesTests {

	@TempDir
	private Path directory;

	static Stream<Class<?>> observers() {
		return Stream.of(Handler.class, RegistryCustomizer.class, MetersCustomizer.class, Filter.class, Binder.class,
				Predicate.class, OfFilter.class, Convention.class, Listener.class, OfLocks.class, OfSweeps.class,
				Health1.class, OfFormat.class, Mapper.class, Module.class, Audit.class, Meters.class);
	}

	@ParameterizedTest
	@MethodSource("observers")
	void startsAndWritesOverHttp(Class<?> observer) throws Exception {
		Path data = this.directory.resolve("data");
		try (RunningApplication application = RunningApplication.start(List.of(Mounted.class, observer),
				"atomicwrite.directories.data.path=" + data, "management.auditevents.enabled=false")) {
			AtomicFileTemplate template = application.context().getBean(AtomicFileTemplate.class);
			template.writeString(data.resolve("a.txt"), "content");
			template.writeValue(data.resolve("a.json"), List.of("value"));
			assertThat(Files.readString(data.resolve("a.txt"))).isEqualTo("content");
			assertThat(application.json("/actuator/health").at("/components/atomicwrite/status").asString())
				.isEqualTo("UP");
			assertThat(application.json("/actuator/metrics/atomicwrite.write?tag=directory:data")
				.at("/measurements/0/value")
				.asDouble()).isGreaterThanOrEqualTo(2);
		}
	}

	@Test
	void aHandlerThatWritesAtEachObservationEnds() throws Exception {
		Path data = this.directory.resolve("data");
		try (RunningApplication application = RunningApplication.start(List.of(Mounted.class, WritingHandler.class),
				"atomicwrite.directories.data.path=" + data, "atomicwrite.base-directory=" + data)) {
			WritingHandler.Journal journal = application.context().getBean(WritingHandler.Journal.class);
			application.context().getBean(AtomicFileTemplate.class).writeString(data.resolve("a.txt"), "content");
			assertThat(journal.written).hasValue(1);
			assertThat(data.resolve("journal.txt")).hasContent("write file");
		}
	}

	@Test
	void aWriteWhileTheRegistryOfMetersIsCreatedReachesWhatExists() throws Exception {
		Path data = this.directory.resolve("data");
		try (RunningApplication application = RunningApplication.start(List.of(Mounted.class, EarlyWriter.class),
				"atomicwrite.directories.data.path=" + data, "atomicwrite.base-directory=" + data)) {
			assertThat(data.resolve("early.txt")).hasContent("early");
			application.context().getBean(AtomicFileTemplate.class).writeString(data.resolve("a.txt"), "content");
			assertThat(application.json("/actuator/metrics/atomicwrite.write?tag=directory:data")
				.at("/measurements/0/value")
				.asDouble()).isEqualTo(1);
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class Handler {

		@Bean
		ObservationHandler<Observation.Context> handler(AtomicFileOperations files) {
			return (context) -> files.defaults() != null;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class RegistryCustomizer {

		@Bean
		ObservationRegistryCustomizer<ObservationRegistry> customizer(AtomicFileOperations files) {
			return (registry) -> files.defaults();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class MetersCustomizer {

		@Bean
		MeterRegistryCustomizer<MeterRegistry> customizer(AtomicFileOperations files) {
			return (registry) -> files.defaults();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Filter {

		@Bean
		MeterFilter filter(AtomicFileOperations files) {
			files.defaults();
			return MeterFilter.accept();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Binder {

		@Bean
		MeterBinder binder(AtomicFileOperations files) {
			return (registry) -> files.defaults();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Predicate {

		@Bean
		ObservationPredicate predicate(AtomicFileOperations files) {
			return (name, context) -> files.defaults() != null;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OfFilter {

		@Bean
		ObservationFilter filter(AtomicFileOperations files) {
			files.defaults();
			return (context) -> context;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Convention {

		@Bean
		GlobalObservationConvention<Observation.Context> convention(AtomicFileOperations files) {
			return new GlobalObservationConvention<>() {

				@Override
				public KeyValues getLowCardinalityKeyValues(Observation.Context context) {
					return KeyValues.empty();
				}

				@Override
				public boolean supportsContext(Observation.Context context) {
					return false;
				}

				@Override
				public String toString() {
					return files.toString();
				}

			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Listener {

		@Bean
		WriteListener listener(AtomicFileOperations files) {
			return new WriteListener() {

				@Override
				public void completed(WriteAttempt attempt, WriteResult result) {
					files.writeString(attempt.target().resolveSibling("written.log"), "written");
				}

			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OfLocks {

		@Bean
		LockListener listener(AtomicFileOperations files) {
			return new LockListener() {

				@Override
				public void acquired(Path target, Duration waited) {
					files.writeString(target.resolveSibling("locked.log"), "locked");
				}

			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OfSweeps {

		@Bean
		SweepListener listener(AtomicFileOperations files) {
			return new SweepListener() {

				@Override
				public void removed(Path file, ArtifactKind kind, long size) {
					files.writeString(file.resolveSibling("removed.log"), "removed");
				}

			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Health1 {

		@Bean
		HealthIndicator filesHealthIndicator(AtomicFileOperations files) {
			return () -> Health.up().withDetail("safety", files.defaults().safety()).build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OfFormat {

		@Bean
		Format format(AtomicFileOperations files) {
			return new Format() {

				@Override
				public Set<String> extensions() {
					return Set.of("x");
				}

				@Override
				public byte[] encode(Object value) {
					return files.toString().getBytes(StandardCharsets.UTF_8);
				}

				@Override
				public @Nullable Object decode(byte[] content, Type type) throws IOException {
					return new String(content, StandardCharsets.UTF_8);
				}

			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Mapper {

		@Bean
		JsonMapperBuilderCustomizer customizer(AtomicFileOperations files) {
			return (builder) -> files.defaults();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Module {

		@Bean
		JacksonModule module(AtomicFileOperations files) {
			return new SimpleModule(files.toString());
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Audit {

		@Bean
		AuditEventRepository audit(AtomicFileOperations files) {
			return new InMemoryAuditEventRepository((files.defaults() != null) ? 10 : 0);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Meters {

		@Bean
		SimpleMeterRegistry meters(AtomicFileOperations files) {
			files.defaults();
			return new SimpleMeterRegistry();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class WritingHandler {

		@Bean
		Journal journal(AtomicFileOperations files) {
			return new Journal(files);
		}

		static final class Journal implements ObservationHandler<Observation.Context> {

			private final AtomicFileOperations files;

			final AtomicInteger written = new AtomicInteger();

			Journal(AtomicFileOperations files) {
				this.files = files;
			}

			@Override
			public void onStop(Observation.Context context) {
				this.files.writeString(Path.of("journal.txt"), String.valueOf(context.getContextualName()));
				this.written.incrementAndGet();
			}

			@Override
			public boolean supportsContext(Observation.Context context) {
				return "atomicwrite.write".equals(context.getName());
			}

		}

	}

	@Configuration(proxyBeanMethods = false)
	static class EarlyWriter {

		@Bean
		MeterRegistryCustomizer<MeterRegistry> customizer(AtomicFileOperations files) {
			return (registry) -> files.writeString(Path.of("early.txt"), "early");
		}

	}

}
