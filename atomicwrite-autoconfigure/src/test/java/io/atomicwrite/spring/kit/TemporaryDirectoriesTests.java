package io.atomicwrite.spring.kit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import io.atomicwrite.Guarantee;
import io.atomicwrite.GuaranteeLevel;
import io.atomicwrite.TargetRejectedException;
import io.atomicwrite.core.AtomicFileOperations;
import io.atomicwrite.document.AtomicDocument;
import io.atomicwrite.spring.directory.ManagedDirectories;
import io.atomicwrite.spring.kit.Kept.Settings;
import io.atomicwrite.spring.publication.AtomicPublications;
import io.atomicwrite.test.directory.DurableDirectory;
import io.atomicwrite.test.spring.TemporaryDirectories;
import io.atomicwrite.test.spring.TemporaryPlace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.PropertySource;
import org.springframework.core.ResolvableType;
import org.springframework.core.env.Environment;
import org.springframework.test.annotation.DirtiesContext.HierarchyMode;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestContextManager;
import org.springframework.test.context.TestPropertySource;

import static io.atomicwrite.test.assertj.AtomicFileAssertions.assertThatFile;
import static io.atomicwrite.test.spring.AtomicHealthAssertions.assertThatHealth;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * What {@link TemporaryDirectories} does with an application that has two managed
 * directories, a document, a publication and directories for backups and state.
 */
class TemporaryDirectoriesTests {

	private static final Path WORKING_DIRECTORY_EXPORTS = Path.of("target/kit-exports");

	@TempDir
	private Path outside;

	private final List<TestContextManager> loaded = new ArrayList<>();

	@BeforeEach
	void outside() {
		System.setProperty("kit.outside", this.outside.toString());
	}

	@AfterEach
	void close() {
		this.loaded.forEach(TemporaryDirectoriesTests::close);
		System.clearProperty("kit.outside");
		DurableDirectory.delete(WORKING_DIRECTORY_EXPORTS);
	}

	private static void close(TestContextManager manager) {
		manager.getTestContext().markApplicationContextDirty(HierarchyMode.EXHAUSTIVE);
	}

	private ApplicationContext load(Class<?> test) {
		TestContextManager manager = new TestContextManager(test);
		this.loaded.add(manager);
		return manager.getTestContext().getApplicationContext();
	}

	private static void writeEverywhere(ApplicationContext context) {
		context.getBean(Kept.class).writeEverywhere(settings(context));
	}

	@SuppressWarnings("unchecked")
	private static AtomicDocument<Settings> settings(ApplicationContext context) {
		return (AtomicDocument<Settings>) context
			.getBeanProvider(ResolvableType.forClassWithGenerics(AtomicDocument.class, Settings.class))
			.getObject();
	}

	private Set<String> written(Path directory) throws IOException {
		try (Stream<Path> all = Files.exists(directory) ? Files.walk(directory) : Stream.empty()) {
			return new TreeSet<>(
					all.filter(Files::isRegularFile).map((file) -> directory.relativize(file).toString()).toList());
		}
	}

	@Test
	void withoutTheAnnotationTheFilesAreWrittenWhereTheyAreConfigured() throws IOException {
		Files.createDirectories(this.outside.resolve("var/backups"));
		Files.createDirectories(this.outside.resolve("var/state"));
		ApplicationContext context = load(Production.class);
		writeEverywhere(context);
		assertThat(written(this.outside)).contains("var/lib/app/data/state.txt", "etc/app/settings.yaml")
			.anyMatch((file) -> file.startsWith("var/backups/app/"));
		assertThat(written(WORKING_DIRECTORY_EXPORTS)).contains("report.txt");
		assertThat(context.getBeanProvider(TemporaryPlace.class).getIfAvailable()).isNull();
	}

	@Test
	void everythingIsWrittenInThePlaceAndNothingOutsideOfIt() throws IOException {
		ApplicationContext context = load(First.class);
		TemporaryPlace place = context.getBean(TemporaryPlace.class);
		writeEverywhere(context);
		context.getBean(AtomicFileOperations.class).writeString(Path.of("relative/note.txt"), "note");
		context.getBean(AtomicPublications.class)
			.publish("catalog", (version) -> version.file("a.txt", (out) -> out.write(97)));
		assertThat(written(this.outside)).isEmpty();
		assertThat(WORKING_DIRECTORY_EXPORTS).doesNotExist();
		assertThat(Path.of("relative")).doesNotExist();
		assertThat(place.of(this.outside.resolve("etc/app/settings.yaml"))).content().contains("new");
		assertThat(place.directory().resolve("relative/note.txt")).hasContent("note");
		assertThat(place.of("target/kit-exports/report.txt")).hasContent("new")
			.isEqualTo(place.directory().resolve("target/kit-exports/report.txt"));
		assertThat(written(place.of(this.outside.resolve("srv/catalog")))).anyMatch((file) -> file.endsWith("a.txt"));
		assertThat(place.of(this.outside.resolve("var/lib/app/data")).toString())
			.endsWith(this.outside + "/var/lib/app/data");
	}

	@Test
	void allElseIsAsConfigured() {
		ApplicationContext context = load(First.class);
		TemporaryPlace place = context.getBean(TemporaryPlace.class);
		writeEverywhere(context);
		Path state = context.getBean(ManagedDirectories.class).path("data").resolve("state.txt");
		Path backups = place.of(this.outside.resolve("var/backups/app"));
		assertThatFile(state).startsWith(place.directory())
			.hasContent("new")
			.hasMode("0640")
			.hasValidChecksum()
			.hasBackupsIn(backups, 1)
			.hasNoLeftovers();
		assertThatFile(place.directory()).hasNoLeftovers();
		HealthEndpoint health = context.getBean(HealthEndpoint.class);
		assertThatHealth(health).isUp();
		assertThatHealth(health).ofDirectory("data").isUp().hasDetail("path", state.getParent().toString());
		assertThatHealth(health).ofDocument("settings").isUp();
	}

	@Test
	void testsWithEqualAnnotationsShareAContextAndItsPlace() {
		ApplicationContext first = load(First.class);
		assertThat(load(Second.class)).isSameAs(first);
		assertThat(load(First.Inner.class)).isSameAs(first);
		ApplicationContext other = load(Other.class);
		assertThat(other).isNotSameAs(first);
		assertThat(other.getBean(TemporaryPlace.class).directory())
			.isNotEqualTo(first.getBean(TemporaryPlace.class).directory());
	}

	@Test
	void thePlaceIsGoneOnceTheContextIsClosed() throws IOException {
		ApplicationContext context = load(First.class);
		Path directory = context.getBean(TemporaryPlace.class).directory();
		writeEverywhere(context);
		assertThat(directory).exists();
		this.loaded.forEach(TemporaryDirectoriesTests::close);
		assertThat(directory).doesNotExist();
		assertThat(written(this.outside)).isEmpty();
		Path next = load(First.class).getBean(TemporaryPlace.class).directory();
		assertThat(next).exists().isNotEqualTo(directory);
	}

	@Test
	void thePlaceOfAContextThatDoesNotStartIsGone() {
		// other tests make places at the same time
		Path places = DurableDirectory.create();
		System.setProperty("atomicwrite.test.directory", places.toString());
		try {
			assertThatIllegalStateException().isThrownBy(() -> load(Refused.class))
				.havingRootCause()
				.isInstanceOf(InvalidConfigurationPropertyValueException.class)
				.withMessageContaining("tilde");
			assertThat(places).isEmptyDirectory();
		}
		finally {
			System.clearProperty("atomicwrite.test.directory");
			DurableDirectory.delete(places);
		}
	}

	@Test
	void propertiesOfTheApplicationArePlacedByName() {
		ApplicationContext context = load(Other.class);
		TemporaryPlace place = context.getBean(TemporaryPlace.class);
		Path report = Path.of(context.getEnvironment().getRequiredProperty("app.report"));
		assertThat(report).isEqualTo(place.of(this.outside.resolve("srv/reports/today.txt")));
		context.getBean(AtomicFileOperations.class).writeString(report, "report");
		assertThat(report).hasContent("report");
		assertThat(load(First.class).getEnvironment().getProperty("app.report"))
			.isEqualTo(this.outside + "/srv/reports/today.txt");
	}

	@Test
	void anAbsolutePathThatLeadsOutIsRejected() {
		AtomicFileOperations files = load(First.class).getBean(AtomicFileOperations.class);
		assertThatExceptionOfType(TargetRejectedException.class)
			.isThrownBy(() -> files.writeString(this.outside.resolve("escaped.txt"), "text"));
	}

	@Test
	void pathsKeepTheirStructureWithABaseDirectory() {
		ApplicationContext context = load(Based.class);
		TemporaryPlace place = context.getBean(TemporaryPlace.class);
		Path data = context.getBean(ManagedDirectories.class).path("data");
		assertThat(data).isEqualTo(place.directory().resolve("data")).isDirectory();
		assertThat(context.getBean(ManagedDirectories.class).path("sub")).isEqualTo(data.resolve("sub"));
		assertThat(place.of(this.outside.resolve("base/data"))).isEqualTo(data).isEqualTo(place.of("data"));
		AtomicFileOperations files = context.getBean(AtomicFileOperations.class);
		files.writeString(Path.of("top.txt"), "old");
		files.writeString(Path.of("top.txt"), "new");
		assertThatFile(place.of("top.txt")).hasContent("new").hasBackupsIn(Path.of("../../elsewhere"), 1);
		Path backups = place.directory().resolve("../../elsewhere").normalize();
		assertThat(backups).isDirectory();
		this.loaded.forEach(TemporaryDirectoriesTests::close);
		assertThat(backups).doesNotExist();
	}

	@Test
	void aDirectoryOfAnAdministratorIsThereAndNeedsNoMount() {
		ApplicationContext context = load(Mounted.class);
		Path volume = context.getBean(ManagedDirectories.class).path("volume");
		context.getBean(AtomicFileOperations.class).writeString(volume.resolve("a"), "a");
		assertThat(context.getBean(AtomicFileOperations.class).inspect(volume).level(Guarantee.CRASH_DURABILITY))
			.isGreaterThanOrEqualTo(GuaranteeLevel.BEST_EFFORT);
		assertThat(this.outside).isEmptyDirectory();
	}

	@Test
	void valuesOfEverySourceArePlaced() {
		ApplicationContext context = load(Sources.class);
		Path place = context.getBean(TemporaryPlace.class).directory();
		ManagedDirectories directories = context.getBean(ManagedDirectories.class);
		assertThat(directories.all()).extracting("name").containsExactlyInAnyOrder("dynamic", "late", "my.data");
		assertThat(directories.all()).allSatisfy((directory) -> assertThat(directory.path()).startsWith(place));
		assertThat(this.outside).isEmptyDirectory();
	}

	@KeptTest
	static class Production {

	}

	@KeptTest
	@TemporaryDirectories
	static class First {

		@Nested
		class Inner {

		}

	}

	@KeptTest
	@TemporaryDirectories
	static class Second {

	}

	@KeptTest
	@TemporaryDirectories(properties = "app.report")
	static class Other {

	}

	@KeptTest
	@TemporaryDirectories
	@TestPropertySource(properties = "atomicwrite.directories.data.path=~/data")
	static class Refused {

	}

	@SpringBootTest(classes = Kept.class,
			properties = { "atomicwrite.base-directory=${kit.outside}/base", "atomicwrite.directories.data.path=data",
					"atomicwrite.directories.sub.path=${atomicwrite.base-directory}/data/sub",
					"atomicwrite.documents.settings.path=settings.yaml", "atomicwrite.backup.enabled=true",
					"atomicwrite.backup.directory=../../elsewhere" })
	@TemporaryDirectories
	static class Based {

	}

	@SpringBootTest(classes = Kept.class, properties = { "atomicwrite.directories.volume.path=${kit.outside}/volume",
			"atomicwrite.directories.volume.create=false", "atomicwrite.directories.volume.require-mount=true",
			"atomicwrite.documents.settings.path=settings.yaml", "atomicwrite.require.crash-durability=best-effort" })
	@TemporaryDirectories
	static class Mounted {

	}

	@SpringBootTest(classes = { Kept.class, Late.class },
			properties = { "atomicwrite.directories.[my.data].path=${kit.outside}/my",
					"atomicwrite.documents.settings.path=settings.yaml" })
	@TemporaryDirectories
	static class Sources {

		@DynamicPropertySource
		static void dynamic(DynamicPropertyRegistry registry) {
			registry.add("atomicwrite.directories.dynamic.path", () -> System.getProperty("kit.outside") + "/dynamic");
		}

	}

	@PropertySource("classpath:kit-late.properties")
	static class Late {

		Late(Environment environment) {
		}

	}

}
