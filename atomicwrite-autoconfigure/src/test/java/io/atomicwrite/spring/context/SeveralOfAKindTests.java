package io.atomicwrite.spring.context;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

import io.atomicwrite.SafetyPolicy;
import io.atomicwrite.core.AtomicFileOperations;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.StagedWrite;
import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.lock.LockLease;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.lock.LockRequest;
import io.atomicwrite.spring.MountedAs;
import io.atomicwrite.spring.autoconfigure.AtomicWriteAutoConfiguration;
import io.atomicwrite.spring.autoconfigure.metrics.AtomicWriteMetricsAutoConfiguration;
import io.atomicwrite.spring.autoconfigure.metrics.AtomicWriteObservationAutoConfiguration;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Fallback;
import org.springframework.context.annotation.Primary;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.scheduling.concurrent.SimpleAsyncTaskScheduler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application may have several beans of a kind, chosen by qualifier. It starts, and
 * what the starter itself uses is the primary one, or what the properties configure.
 */
@ExtendWith(OutputCaptureExtension.class)
class SeveralOfAKindTests {

	@TempDir
	private Path directory;

	private Path data;

	@BeforeEach
	void directories() {
		this.data = this.directory.resolve("data");
	}

	@Test
	void twoTemplatesByQualifier() throws Exception {
		try (RunningApplication application = start(TwoTemplates.class, "atomicwrite.safety=warn")) {
			assertWorks(application);
			assertThat(application.json("/actuator/atomicwrite/data").at("/safety").asString()).isEqualTo("WARN");
			assertThat(application.context().getBean(Consumer.class).operations.defaults().safety())
				.isEqualTo(SafetyPolicy.BEST_EFFORT);
		}
	}

	@Test
	void twoTemplatesAndTheProbe() throws Exception {
		try (RunningApplication application = start(TwoTemplates.class, "atomicwrite.startup-check=probe")) {
			assertWorks(application);
		}
	}

	@Test
	void onePrimaryTemplateCounts() throws Exception {
		try (RunningApplication application = start(OnePrimary.class)) {
			assertWorks(application);
			assertThat(application.json("/actuator/atomicwrite/data").at("/safety").asString())
				.isEqualTo("BEST_EFFORT");
		}
	}

	@Test
	void aTemplateThatIsNotTheFallbackCounts() throws Exception {
		try (RunningApplication application = start(OneFallback.class)) {
			assertWorks(application);
			assertThat(application.json("/actuator/atomicwrite/data").at("/safety").asString())
				.isEqualTo("BEST_EFFORT");
		}
	}

	@Test
	void aTemplateThatIsNoCandidateLeavesTheStartersOwn() throws Exception {
		for (Class<?> configuration : List.of(NoCandidate.class, NoDefaultCandidate.class)) {
			try (RunningApplication application = start(configuration)) {
				assertWorks(application);
				assertThat(application.context().containsBean("atomicwriteFileTemplate")).isTrue();
				assertThat(application.json("/actuator/atomicwrite/data").at("/safety").asString()).isEqualTo("STRICT");
			}
		}
	}

	@Test
	void locksOfTwoRegistriesByQualifierAreAllShown(CapturedOutput log) throws Exception {
		try (RunningApplication application = start(TwoRegistries.class)) {
			assertWorks(application);
			LockRegistry one = application.context().getBean("one", LockRegistry.class);
			AtomicFileTemplate template = application.context().getBean(AtomicFileTemplate.class);
			try (LockLease held = one.acquire(this.data.resolve("x"), LockRequest.failFast());
					StagedWrite write = template.open(this.data.resolve("y"))) {
				assertThat(write.target()).hasFileName("y");
				JsonNode locks = application.json("/actuator/atomicwrite").at("/locks/held");
				assertThat(locks).extracting((lock) -> lock.at("/target").asString())
					.containsExactlyInAnyOrder(held.target().toString(), write.target().toString());
				assertThat(application.json("/actuator/metrics/atomicwrite.lock.held").at("/measurements/0/value"))
					.hasToString("2.0");
			}
		}
		assertThat(log).contains("several beans of type LockRegistry (one, two) and none is primary: atomicwrite "
				+ "itself uses a registry of its own, which uses lock files");
	}

	@Test
	void onePrimaryRegistryCounts() throws Exception {
		try (RunningApplication application = start(PrimaryRegistry.class)) {
			assertWorks(application);
			try (StagedWrite write = application.context()
				.getBean(AtomicFileTemplate.class)
				.open(this.data.resolve("y"))) {
				assertThat(application.context().getBean("one", LockRegistry.class).held()).hasSize(1);
				assertThat(write.target()).hasFileName("y");
			}
		}
	}

	@Test
	void severalOfWhatTheStarterBorrows(CapturedOutput log) throws Exception {
		try (RunningApplication application = start(TwoOfAll.class, "atomicwrite.safety=best-effort")) {
			assertWorks(application);
			assertThat(application.json("/actuator/metrics/atomicwrite.content.size")
				.at("/measurements/0/value")
				.asDouble()).isEqualTo(7);
		}
		assertThat(log).contains("several beans of type FileOps (mountedAs, files1, files2)")
			.contains("several beans of type InstantSource (clock1, clock2)");
	}

	@Test
	void twoMappersWithoutAWebServer(CapturedOutput log) {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(AtomicWriteAutoConfiguration.class))
			.withPropertyValues("atomicwrite.json.mapper=application")
			.withUserConfiguration(Mounted.class, TwoMappers.class)
			.run((context) -> {
				Path file = this.directory.resolve("a.json");
				context.getBean(AtomicFileTemplate.class).writeValue(file, new Value("x"));
				assertThat(file).content().contains("twoWords");
			});
		assertThat(log).contains("several beans of type JsonMapper (mapper1, mapper2)");
	}

	/** The actuator and the web server want one of each themselves, so without them. */
	@Test
	void twoRegistriesOfMetersAndOfObservationsWithoutTheActuator() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(AtomicWriteAutoConfiguration.class,
					AtomicWriteMetricsAutoConfiguration.class, AtomicWriteObservationAutoConfiguration.class))
			.withUserConfiguration(Mounted.class, TwoMeterRegistries.class, TwoObservationRegistries.class)
			.withPropertyValues(properties())
			.run((context) -> {
				assertThat(context).hasNotFailed().doesNotHaveBean("atomicwriteObservationWriteListener");
				context.getBean(AtomicFileTemplate.class).writeString(this.data.resolve("a"), "a");
				assertThat(context.getBean("meters1", MeterRegistry.class).getMeters()).isEmpty();
				assertThat(context.getBean("meters2", MeterRegistry.class).getMeters()).isEmpty();
			});
	}

	@Test
	void aChildContextBesideItsParent() throws Exception {
		try (RunningApplication application = RunningApplication.startChild(List.of(Mounted.class), List.of(),
				List.of(), properties())) {
			assertWorks(application);
			assertThat(application.context().getBean(AtomicFileTemplate.class))
				.isSameAs(application.context().getParent().getBean(AtomicFileTemplate.class));
		}
	}

	@Test
	void aChildContextWithATemplateOfItsOwn() throws Exception {
		try (RunningApplication application = RunningApplication.startChild(List.of(Mounted.class),
				List.of(OwnTemplate.class), List.of(), properties())) {
			assertWorks(application);
			AtomicFileTemplate ofParent = application.context().getParent().getBean(AtomicFileTemplate.class);
			application.context().close();
			ofParent.writeString(this.data.resolve("b"), "after the child");
			assertThat(this.data.resolve("b")).hasContent("after the child");
		}
	}

	@Test
	void twoTemplatesInAChildContext() throws Exception {
		try (RunningApplication application = RunningApplication.startChild(List.of(Mounted.class),
				List.of(TwoTemplates.class), List.of(), properties())) {
			assertThat(application.get("/actuator/health").statusCode()).isEqualTo(200);
		}
	}

	@Test
	void managementOnAPortOfItsOwn() throws Exception {
		try (RunningApplication application = start(TwoTemplates.class, "management.server.port=0",
				"management.server.address=127.0.0.1")) {
			assertThat(application.context().isActive()).isTrue();
		}
	}

	private RunningApplication start(Class<?> configuration, String... properties) {
		return RunningApplication.start(List.of(Mounted.class, configuration), properties(properties));
	}

	private String[] properties(String... more) {
		List<String> all = new ArrayList<>(List.of(more));
		all.add("atomicwrite.directories.data.path=" + this.data);
		all.add("atomicwrite.housekeeping.interval=1s");
		return all.toArray(String[]::new);
	}

	/** Writes, and looks at all that the actuator shows. */
	private void assertWorks(RunningApplication application) throws Exception {
		AtomicFileOperations operations = application.context()
			.getBeanProvider(AtomicFileOperations.class)
			.stream()
			.findFirst()
			.orElseThrow();
		operations.writeString(this.data.resolve("a.txt"), "content");
		assertThat(Files.readString(this.data.resolve("a.txt"))).isEqualTo("content");
		assertThat(application.json("/actuator/health").at("/components/atomicwrite/status").asString())
			.isEqualTo("UP");
		assertThat(application.json("/actuator/atomicwrite").at("/directories").propertyNames())
			.containsExactly("data");
		assertThat(application.json("/actuator/metrics/atomicwrite.guarantee.level?tag=directory:data")
			.at("/measurements/0/value")
			.asDouble()).isNotNegative();
	}

	private record Value(String twoWords) {
	}

	@Configuration(proxyBeanMethods = false)
	static class TwoTemplates {

		@Bean
		AtomicFileTemplate first() {
			return template(SafetyPolicy.BEST_EFFORT);
		}

		@Bean
		AtomicFileTemplate second() {
			return template(SafetyPolicy.STRICT);
		}

		@Bean
		Consumer consumer(@Qualifier("first") AtomicFileOperations operations) {
			return new Consumer(operations);
		}

	}

	static AtomicFileTemplate template(SafetyPolicy safety) {
		return AtomicFileTemplate.builder()
			.files(new MountedAs("ext4"))
			.defaults(WriteOptions.engineDefaults().with((changes) -> changes.safety(safety)))
			.build();
	}

	record Consumer(AtomicFileOperations operations) {
	}

	@Configuration(proxyBeanMethods = false)
	static class OnePrimary {

		@Bean
		@Primary
		AtomicFileTemplate first() {
			return template(SafetyPolicy.BEST_EFFORT);
		}

		@Bean
		AtomicFileTemplate second() {
			return template(SafetyPolicy.STRICT);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OneFallback {

		@Bean
		AtomicFileTemplate first() {
			return template(SafetyPolicy.BEST_EFFORT);
		}

		@Bean
		@Fallback
		AtomicFileTemplate second() {
			return template(SafetyPolicy.WARN);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class NoCandidate {

		@Bean(autowireCandidate = false)
		AtomicFileTemplate first() {
			return template(SafetyPolicy.BEST_EFFORT);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class NoDefaultCandidate {

		@Bean(defaultCandidate = false)
		AtomicFileTemplate first() {
			return template(SafetyPolicy.BEST_EFFORT);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class TwoRegistries {

		@Bean
		LockRegistry one() {
			return LockRegistry.file();
		}

		@Bean
		LockRegistry two() {
			return LockRegistry.inProcess();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class PrimaryRegistry {

		@Bean
		@Primary
		LockRegistry one() {
			return LockRegistry.file();
		}

		@Bean
		LockRegistry two() {
			return LockRegistry.inProcess();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnTemplate {

		@Bean
		AtomicFileTemplate own(LockRegistry locks) {
			return AtomicFileTemplate.builder().files(new MountedAs("ext4")).locks(locks).build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class TwoMeterRegistries {

		@Bean
		MeterRegistry meters1() {
			return new SimpleMeterRegistry();
		}

		@Bean
		MeterRegistry meters2() {
			return new SimpleMeterRegistry();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class TwoObservationRegistries {

		@Bean
		ObservationRegistry observations1() {
			return ObservationRegistry.create();
		}

		@Bean
		ObservationRegistry observations2() {
			return ObservationRegistry.create();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class TwoMappers {

		@Bean
		JsonMapper mapper1() {
			return JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE).build();
		}

		@Bean
		JsonMapper mapper2() {
			return JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class TwoOfAll extends TwoMeterRegistries {

		@Bean
		FileOps files1() {
			return new MountedAs("ext4");
		}

		@Bean
		FileOps files2() {
			return new MountedAs("xfs");
		}

		@Bean
		Clock clock1() {
			return Clock.systemUTC();
		}

		@Bean
		Clock clock2() {
			return Clock.systemUTC();
		}

		@Bean
		TaskScheduler scheduler1() {
			return new SimpleAsyncTaskScheduler();
		}

		@Bean
		TaskScheduler scheduler2() {
			return new SimpleAsyncTaskScheduler();
		}

	}

}
