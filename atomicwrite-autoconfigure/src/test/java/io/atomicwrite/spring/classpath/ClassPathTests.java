package io.atomicwrite.spring.classpath;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.atomicwrite.test.Forks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Starts real applications in JVMs of their own, from whose class paths jars are missing.
 */
@Forks
class ClassPathTests {

	private static final List<String> TEST = List.of("junit-.*", "mockito-.*", "assertj-.*", "archunit.*",
			"spring-test-.*", "spring-boot-.*test.*", "awaitility-.*", "json-path-.*", "byte-buddy.*",
			"spring-boot-resttestclient-.*", "surefire.*", "opentest4j.*", "apiguardian.*");

	private static final Set<String> CORE = Set.of("atomicwriteFileTemplate", "atomicwriteLockRegistry",
			"atomicwriteInfrastructure", "atomicwriteManagedMounts", "atomicwriteDirectoryActivity",
			"atomicwriteLiveWrites", "atomicwriteDirectoryLog", "atomicwriteLoggingIntegrityListener",
			"atomicwriteWriteListeners", "atomicwriteLockListeners", "atomicwriteDocumentListeners",
			"atomicwriteDocuments", "atomicwriteDocumentFlush", "atomicwriteConfigImports",
			"atomicwritePropertyBindings", "atomicwriteImportWatch", "atomicwriteLoggingDocumentListener",
			"atomicwriteLoggingWriteListener", "atomicwriteManagedDirectories", "atomicwriteDirectoryInspector",
			"atomicwriteDirectoryCensus", "atomicwriteDirectoryLooks", "atomicwriteDirectoryPreparation",
			"atomicwriteDemand", "atomicwriteConfiguredStart", "atomicwriteDirectoryStart", "atomicwriteSweepSchedule",
			"atomicwriteConfiguredDocuments", "atomicwriteHousekeeper", "atomicwriteRecovery",
			"atomicwriteDirectoryHousekeeping", "atomicwriteScheduledHousekeeper", "atomicwriteUnknownKeys",
			"atomicwriteFileResources", "atomicwriteResourceProtocol", "atomicwritePublications",
			"atomicwritePublicationWatch");

	private static final Set<String> METER_BEANS = Set.of("atomicwriteMicrometerWriteListener",
			"atomicwriteMicrometerLockListener", "atomicwriteMicrometerSweepListener",
			"atomicwriteMicrometerDocumentListener", "atomicwriteMicrometerPublicationListener", "atomicwriteMetrics",
			"atomicwriteObservedWrites", "atomicwriteObservationWriteListener", "atomicwriteMeterFilter");

	private static final String JSON = ClassPathApplication.FORMAT + "json";

	private static final Pattern OF_LOCK_STORES = Pattern
		.compile("io\\.atomicwrite\\..*(Cluster|LockStore|StoreLock|StoreHold|StoreCalls|Renewals|Revocation).*"
				+ "|io\\.atomicwrite\\.spring\\.lock\\..*|net\\.javacrumbs\\..*|io\\.etcd\\..*"
				+ "|org\\.springframework\\.integration\\..*");

	@TempDir
	private Path directory;

	@Test
	void withNothingOptional() throws Exception {
		Started started = start(Technology.JACKSON, Technology.ACTUATOR, Technology.HEALTH, Technology.METRICS,
				Technology.WEB);
		assertThat(started.beans()).isEqualTo(CORE);
		assertThat(started.output()).doesNotContain(ClassPathApplication.FORMAT);
	}

	@Test
	void withTheStarterAlone() throws Exception {
		Started started = start(Technology.ACTUATOR, Technology.HEALTH, Technology.METRICS, Technology.WEB);
		assertThat(started.beans()).isEqualTo(CORE);
		assertThat(started.output()).contains(JSON);
	}

	@Test
	void withActuatorButNoWeb() throws Exception {
		Started started = start(Technology.WEB);
		assertThat(started.beans()).isEqualTo(with(Set.of("atomicwriteEndpoint", "atomicwriteEndpointWebExtension",
				"atomicwriteHealthContributor", "atomicwriteHealthEndpointGroups", "atomicwriteLockLooks",
				"atomicwriteDirectoryListing", "atomicwritePublicationsEndpoint",
				"atomicwritePublicationsEndpointWebExtension", "atomicwritePublicationsPathMapper"), METER_BEANS));
		assertThat(started.output()).contains(JSON);
		assertThat(started.output()).contains(ClassPathApplication.TIMED + 1);
	}

	@Test
	void withActuatorButNoMetricsJacksonOrWeb() throws Exception {
		Started started = start(Technology.JACKSON, Technology.METRICS, Technology.WEB);
		assertThat(started.beans()).isEqualTo(with(Set.of("atomicwriteEndpoint", "atomicwriteEndpointWebExtension",
				"atomicwriteHealthContributor", "atomicwriteHealthEndpointGroups", "atomicwriteLockLooks",
				"atomicwriteDirectoryListing", "atomicwritePublicationsEndpoint",
				"atomicwritePublicationsEndpointWebExtension", "atomicwritePublicationsPathMapper")));
	}

	@Test
	void withHealthOnly() throws Exception {
		Started started = start(Technology.JACKSON, Technology.ACTUATOR, Technology.METRICS, Technology.WEB);
		assertThat(started.beans()).isEqualTo(with(Set.of("atomicwriteHealthContributor")));
	}

	@Test
	void withMetricsOnly() throws Exception {
		Started started = start(Technology.JACKSON, Technology.ACTUATOR, Technology.HEALTH, Technology.WEB);
		assertThat(started.beans()).isEqualTo(with(METER_BEANS));
		assertThat(started.output()).contains(ClassPathApplication.TIMED + 1);
	}

	@Test
	void withWebButNoActuator() throws Exception {
		Started started = start(Technology.ACTUATOR, Technology.HEALTH, Technology.METRICS);
		assertThat(started.beans()).isEqualTo(CORE);
		assertThat(started.output()).contains(JSON);
	}

	/**
	 * With locks of one host, nothing of lock stores is loaded but what methods of the
	 * interface of all registries name, and none of their jars are needed.
	 */
	@Test
	void nothingOfLockStoresIsLoadedWhereLocksAreOfTheHost() throws Exception {
		Set<String> loaded = start(Technology.JACKSON, Technology.ACTUATOR, Technology.HEALTH, Technology.METRICS,
				Technology.WEB)
			.classes();
		assertThat(loaded).contains("io.atomicwrite.lock.HostLocks");
		assertThat(loaded).filteredOn((name) -> OF_LOCK_STORES.matcher(name).matches())
			.isSubsetOf("io.atomicwrite.lock.LockStore", "io.atomicwrite.lock.ClusterLockRegistry$Builder");
	}

	/** Every application pays for what is loaded before it is known to be needed. */
	@Test
	void switchedOffNothingThatTouchesFilesIsLoaded() throws Exception {
		assertThat(run(ClassPathApplication.SwitchedOff.class, classPath(Technology.ACTUATOR)).classes())
			.contains("io.atomicwrite.spring.config.AtomicFileConfigDataLoader")
			.noneMatch((name) -> name.matches("io\\.atomicwrite\\.fs\\.(Nio|Native)FileOps"));
	}

	private static Set<String> with(Set<String> more) {
		Set<String> all = new TreeSet<>(CORE);
		all.addAll(more);
		return all;
	}

	private static Set<String> with(Set<String> more, Set<String> evenMore) {
		Set<String> all = with(more);
		all.addAll(evenMore);
		return all;
	}

	@Test
	void withAllThatImportsAndDocumentsCanUse() throws Exception {
		Started started = startWith(Technology.NOT_OF_A_STARTER);
		assertThat(started.beans()).contains("atomicwriteCloudRefresh", "atomicwriteDocuments");
		assertThat(started.output())
			.contains(JSON, ClassPathApplication.FORMAT + "toml", ClassPathApplication.FORMAT + "yaml")
			.doesNotContain(ClassPathApplication.BEAN + "atomicwriteMetadataStore");
	}

	private Started start(Technology... missing) throws IOException, InterruptedException {
		List<Technology> all = new ArrayList<>(List.of(missing));
		all.add(Technology.TEXT_FORMATS);
		all.add(Technology.CLOUD);
		all.add(Technology.INTEGRATION);
		all.add(Technology.LOCK_STORES);
		all.add(Technology.VALIDATION);
		return startWith(all.toArray(Technology[]::new));
	}

	private Started startWith(Technology... missing) throws IOException, InterruptedException {
		Path imported = Files.writeString(this.directory.resolve("app.yaml"), "imported: from YAML\n");
		Started started = run(ClassPathApplication.class, classPath(missing), "--server.port=0",
				"--spring.main.banner-mode=off", "--management.endpoints.web.exposure.include=*",
				"--spring.config.import=atomicfile:" + imported,
				"--atomicwrite.directories.data.path=" + this.directory.resolve("data"));
		assertThat(started.output()).doesNotContain("WARN").contains(ClassPathApplication.IMPORTED + "from YAML");
		assertThat(this.directory.resolve("data")).isDirectoryContaining((path) -> path.endsWith("a.txt"));
		return started;
	}

	private Started run(Class<?> main, String classPath, String... arguments) throws IOException, InterruptedException {
		Path output = this.directory.resolve("output");
		Path classes = this.directory.resolve("classes");
		List<String> words = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:TieredStopAtLevel=1", "-Xlog:class+load:file=" + classes, "-cp", classPath, main.getName()));
		words.addAll(List.of(arguments));
		Process process = new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(output.toFile()).start();
		boolean ended = process.waitFor(60, TimeUnit.SECONDS);
		process.destroyForcibly();
		String text = Files.readString(output, StandardCharsets.UTF_8);
		assertThat(ended).as(text).isTrue();
		assertThat(process.exitValue()).as(text).isZero();
		return new Started(text, Files.readString(classes, StandardCharsets.UTF_8));
	}

	private static String classPath(Technology... missing) {
		Pattern dropped = Stream
			.concat(TEST.stream(), Arrays.stream(missing).flatMap((technology) -> technology.jars.stream()))
			.collect(Collectors.collectingAndThen(Collectors.joining("|"), Pattern::compile));
		return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
			.filter((entry) -> !dropped.matcher(Path.of(entry).getFileName().toString()).matches())
			.collect(Collectors.joining(File.pathSeparator));
	}

	private record Started(String output, String log) {

		/** As {@code [0.1s][info][class,load] name source: …}. */
		private Set<String> classes() {
			return this.log.lines()
				.map((line) -> line.substring(line.lastIndexOf(']') + 1).trim().split(" ")[0])
				.collect(Collectors.toCollection(TreeSet::new));
		}

		private Set<String> beans() {
			return this.output.lines()
				.filter((line) -> line.startsWith(ClassPathApplication.BEAN))
				.map((line) -> line.substring(ClassPathApplication.BEAN.length()))
				.collect(Collectors.toCollection(TreeSet::new));
		}

	}

	private enum Technology {

		JACKSON("jackson-.*", "spring-boot-jackson-.*"),

		TEXT_FORMATS("jackson-dataformat-.*", "snakeyaml-engine-.*"),

		CLOUD("spring-cloud-.*", "spring-security-crypto-.*"),

		LOCK_STORES("shedlock-.*", "jetcd-.*", "spring-data-redis-.*", "spring-jdbc-.*"),

		INTEGRATION("spring-integration-.*", "spring-messaging-.*", "reactor-core-.*", "spring-tx-.*"),

		VALIDATION("hibernate-validator-.*", "jakarta.validation-api-.*", "spring-boot-(starter-)?validation-.*"),

		NOT_OF_A_STARTER("android-json-.*"),

		ACTUATOR("spring-boot-actuator-.*"),

		HEALTH("spring-boot-health-.*"),

		METRICS("micrometer-core-.*", "micrometer-jakarta9-.*", "spring-boot-micrometer-.*", "HdrHistogram-.*",
				"LatencyUtils-.*"),

		WEB("spring-web-.*", "spring-webmvc-.*", "tomcat-.*",
				"spring-boot-(webmvc|web-server|servlet|tomcat|http-converter)-.*");

		private final List<String> jars;

		Technology(String... jars) {
			this.jars = List.of(jars);
		}

	}

}
