package io.atomicwrite.spring.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.atomicwrite.backup.BackupPolicy;
import io.atomicwrite.checksum.ChecksumAlgorithm;
import io.atomicwrite.checksum.ChecksumPolicy;
import io.atomicwrite.checksum.Version;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.spring.AtomicFileChangedEvent;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotBlank;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.cloud.context.refresh.ContextRefresher;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.PropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/**
 * What a running application does when an imported file changes.
 */
@ExtendWith(OutputCaptureExtension.class)
class ConfigRefreshTests {

	@TempDir
	private Path directory;

	private Path file;

	private ConfigurableApplicationContext context;

	private BoundProperties<AppProps> app;

	@BeforeEach
	void start() throws IOException {
		this.file = Files.writeString(this.directory.resolve("app.yaml"), """
				app:
				  name: first
				  limit: 10
				""");
		open("spring.config.import=atomicfile:" + this.file);
	}

	private void open(String... properties) {
		this.context = ImportingApplication.start(List.of(Beans.class), properties);
		this.app = this.context.getBean(PropertyBindings.class).bind("app", AppProps.class);
	}

	private void reopen(String... properties) {
		this.context.close();
		open(properties);
	}

	@AfterEach
	void stop() {
		this.context.close();
	}

	@Test
	void aChangeReplacesThePropertiesAndTheBoundObjectAsOne() throws Exception {
		List<AppProps> seen = Collections.synchronizedList(new ArrayList<>());
		this.app.onChange((before, after) -> seen.add(after));
		this.app.onChange((before, after) -> {
			throw new IllegalStateException("a listener that fails");
		});
		assertThat(this.app.current()).isEqualTo(new AppProps("first", 10));

		Files.writeString(this.file, "# new\napp:\n  name: second\n  limit: 20\n");

		await().until(() -> this.app.current().equals(new AppProps("second", 20)));
		await().until(() -> seen.equals(List.of(new AppProps("second", 20))));
		assertThat(this.context.getEnvironment().getProperty("app.limit")).isEqualTo("20");
		assertThat(origin("app.limit")).isEqualTo("atomicfile [" + this.file + "] - 4:10");
		await().until(() -> !this.context.getBean(Beans.class).events.isEmpty());
		assertThat(this.context.getBean(Beans.class).events).containsExactly(
				new AtomicFileChangedEvent(this.file, "", Version.of("app:\n  name: first\n  limit: 10\n".getBytes()),
						Version.of(Files.readAllBytes(this.file))));
	}

	@Test
	void sedAndAnEditorThatRenamesAreSeen() throws Exception {
		assertThat(new ProcessBuilder("sed", "-i", "s/limit: 10/limit: 11/", this.file.toString()).start()
			.waitFor(10, TimeUnit.SECONDS)).isTrue();
		await().until(() -> this.app.current().limit() == 11);
		Path other = Files.writeString(this.directory.resolve("app.yaml~"), "app:\n  name: renamed\n");
		Files.move(other, this.file, StandardCopyOption.REPLACE_EXISTING);
		await().until(() -> this.app.current().equals(new AppProps("renamed", 5)));
	}

	@Test
	void aMalformedFileChangesNothingAndIsLoggedOnceWithItsPlace(CapturedOutput log) throws Exception {
		Files.writeString(this.file, "app:\n  name: second\n  limit: [secret\n");
		await().until(() -> imported().status() == ImportStatus.INVALID);
		assertThat(imported().problem()).hasValueSatisfying((problem) -> {
			assertThat(problem.kind()).isEqualTo(ImportProblem.Kind.MALFORMED);
			assertThat(problem.line()).isEqualTo(4);
		});
		unchanged();
		// the same content again, as an editor saves it
		Files.writeString(this.file, "app:\n  name: second\n  limit: [secret\n");
		Files.writeString(this.file, "app:\n  name: third\n");
		await().until(() -> this.app.current().name().equals("third"));
		assertThat(imported().status()).isEqualTo(ImportStatus.VALID);
		assertThat(imported().problem()).isEmpty();
		assertThat(log.getOut().lines().filter((line) -> line.contains("WARN") && line.contains("ConfigRefresh ")))
			.singleElement()
			.asString()
			.contains(this.file.toString())
			.contains("line 4, column 1")
			.doesNotContain("secret");
		assertThat(log.getOut()).doesNotContain("secret");
	}

	@Test
	void aValueThatDoesNotFitChangesNothing(CapturedOutput log) throws Exception {
		Files.writeString(this.file, "app:\n  name: second\n  limit: secret\n");
		await().until(() -> imported().status() == ImportStatus.INVALID);
		assertThat(imported().problem().orElseThrow()).isEqualTo(new ImportProblem(ImportProblem.Kind.NOT_BINDABLE, 3,
				10, "the value of 'app.limit' does not fit the type int"));
		unchanged();
		assertThat(log.getOut()).doesNotContain("secret");
	}

	@Test
	void aValueThatViolatesAConstraintChangesNothing() throws Exception {
		Files.writeString(this.file, "app:\n  name: second\n  limit: 101\n");
		await().until(() -> imported().status() == ImportStatus.INVALID);
		assertThat(imported().problem().orElseThrow()).isEqualTo(new ImportProblem(ImportProblem.Kind.NOT_BINDABLE, 3,
				10, "'app.limit' must be less than or equal to 100"));
		unchanged();
	}

	@Test
	void documentsComeAndGoAndTheirConditionsCount() throws Exception {
		Files.writeString(this.file, """
				app.name: base
				---
				spring.config.activate.on-profile: other
				app.name: other
				---
				app.limit: 7
				""");
		await().until(() -> this.app.current().equals(new AppProps("base", 7)));
		Files.writeString(this.file, """
				app.name: base
				---
				app.name: top
				""");
		await().until(() -> this.app.current().equals(new AppProps("top", 5)));
		Files.writeString(this.file, "app.name: one\n");
		await().until(() -> this.app.current().equals(new AppProps("one", 5)));
		assertThat(this.context.getEnvironment().getPropertySources().stream().map(PropertySource::getName))
			.filteredOn((name) -> name.startsWith("atomicfile"))
			.containsExactly("atomicfile [" + this.file + "]");
	}

	@Test
	void whatTakesPrecedenceStillDoes() throws Exception {
		reopen("spring.config.import=atomicfile:" + this.file, "app.limit=99");
		Files.writeString(this.file, "app:\n  name: second\n  limit: 20\n");
		await().until(() -> this.app.current().equals(new AppProps("second", 99)));
	}

	@Test
	void aFileThatIsMissingKeepsItsPropertiesAndOneThatComesIsRead() throws Exception {
		Path later = this.directory.resolve("later.properties");
		reopen("spring.config.import=atomicfile:" + this.file + ",optional:atomicfile:" + later);
		Files.delete(this.file);
		await().until(() -> imported().status() == ImportStatus.MISSING);
		assertThat(this.app.current()).isEqualTo(new AppProps("first", 10));
		Files.writeString(later, "app.limit=33\n");
		await().until(() -> this.app.current().equals(new AppProps("first", 33)));
	}

	@Test
	void whatDoesNotMatchItsChecksumChangesNothingAndAWriteOfOursDoes() throws Exception {
		try (AtomicFileTemplate template = AtomicFileTemplate.create()) {
			ChecksumPolicy sidecar = ChecksumPolicy.sidecar(ChecksumAlgorithm.SHA_256);
			template.writeString(this.file, "app.name: ours\n", (options) -> options.checksum(sidecar));
			await().until(() -> this.app.current().name().equals("ours"));
			Files.writeString(this.file, "app.name: edited\n");
			await().until(() -> imported().status() == ImportStatus.INVALID);
			assertThat(imported().problem().orElseThrow().kind()).isEqualTo(ImportProblem.Kind.CORRUPT);
			assertThat(this.app.current().name()).isEqualTo("ours");
			template.writeString(this.file, "app.name: ours again\n", (options) -> options.checksum(sidecar));
			await().until(() -> this.app.current().name().equals("ours again"));
		}
	}

	@Test
	void aCorruptFileThatIsCorrectedIsUsed() throws Exception {
		try (AtomicFileTemplate template = AtomicFileTemplate.create()) {
			ChecksumPolicy sidecar = ChecksumPolicy.sidecar(ChecksumAlgorithm.SHA_256);
			for (String name : List.of("one", "two")) {
				template.writeString(this.file, "app.name: " + name + "\n",
						(options) -> options.checksum(sidecar).backup(BackupPolicy.single()));
			}
			Files.writeString(this.file, "app.name: damaged\n");
			reopen("spring.config.import=atomicfile:" + this.file);
			assertThat(this.app.current().name()).isEqualTo("one");
			assertThat(imported().status()).isEqualTo(ImportStatus.LAST_GOOD);
			template.writeString(this.file, "app.name: two\n", (options) -> options.checksum(sidecar));
			await().until(() -> this.app.current().name().equals("two"));
			assertThat(imported().status()).isEqualTo(ImportStatus.VALID);
		}
	}

	@Test
	void nothingIsWatchedIfRefreshIsOff() throws Exception {
		reopen("spring.config.import=atomicfile:" + this.file, "atomicwrite.config-import.refresh=off");
		assertThat(this.context.getBean(ImportWatch.class).isRunning()).isFalse();
		Files.writeString(this.file, "app.name: second\n");
		await().during(Duration.ofMillis(600)).until(() -> this.app.current().name().equals("first"));
	}

	@Test
	void springCloudBindsItsBeansAnewButOnlyToWhatIsValid(CapturedOutput log) throws Exception {
		Beans.MutableProps mutable = this.context.getBean("mutable-" + Beans.MutableProps.class.getName(),
				Beans.MutableProps.class);
		Beans.MutableProps ofApp = this.context.getBean("ofApp", Beans.MutableProps.class);
		assertThat(ofApp.getLimit()).isEqualTo(10);
		Files.writeString(this.file, "app:\n  name: second\n  limit: 20\nmutable.size: 3\n");
		await().until(() -> mutable.getSize() == 3 && ofApp.getLimit() == 20);
		List<String> changed = this.context.getBean(Beans.class).changedKeys;
		await().until(() -> changed.containsAll(List.of("app.limit", "mutable.size")));
		assertThat(this.app.current()).isEqualTo(new AppProps("second", 20));
		// fits the record, but not the bean that only Spring Cloud binds
		Files.writeString(this.file, "app:\n  name: third\n  limit: 30\nmutable.size: secret\n");
		await().until(() -> imported().status() == ImportStatus.INVALID);
		assertThat(imported().problem().orElseThrow().line()).isEqualTo(4);
		assertThat(mutable.getSize()).isEqualTo(3);
		assertThat(this.app.current()).isEqualTo(new AppProps("second", 20));
		assertThat(this.context.getEnvironment().getProperty("app.name")).isEqualTo("second");
		assertThat(log.getOut()).doesNotContain("secret");
	}

	@Test
	void aRefreshThatTheUserAsksForDoesNotReadWhatIsBeingWritten() throws Exception {
		reopen("spring.config.import=atomicfile:" + this.file, "atomicwrite.config-import.refresh=off");
		Files.writeString(this.file, "app.name: second\n");
		refresh();
		assertThat(this.context.getEnvironment().getProperty("app.name")).isEqualTo("second");

		reopen("spring.config.import=atomicfile:" + this.file);
		stopWatching();
		Files.writeString(this.file, "app.name: half\n");
		refresh();
		assertThat(this.context.getEnvironment().getProperty("app.name")).isEqualTo("second");
	}

	private void refresh() {
		this.context.getBean(ContextRefresher.class).refresh();
	}

	/** As long as nothing is seen, nothing has settled. */
	private void stopWatching() {
		this.context.getBean(ImportWatch.class).stop();
	}

	@Test
	void onePrefixHasOneType() {
		assertThat(this.context.getBean(PropertyBindings.class).bind("app", AppProps.class)).isSameAs(this.app);
		assertThatThrownBy(() -> this.context.getBean(PropertyBindings.class).bind("app", Beans.class))
			.isInstanceOf(IllegalArgumentException.class)
			.hasMessageContaining(AppProps.class.getName());
	}

	private void unchanged() {
		assertThat(this.app.current()).isEqualTo(new AppProps("first", 10));
		assertThat(this.context.getEnvironment().getProperty("app.name")).isEqualTo("first");
		assertThat(this.context.getBean(Beans.class).events).isEmpty();
	}

	private ImportedFile imported() {
		return this.context.getBean(ImportedFiles.class).all().get(0);
	}

	private String origin(String name) {
		for (PropertySource<?> source : this.context.getEnvironment().getPropertySources()) {
			if (source.getName().startsWith("atomicfile") && source.containsProperty(name)) {
				return String.valueOf(OriginLookup.getOrigin(source, name));
			}
		}
		throw new AssertionError(name);
	}

	record AppProps(@NotBlank String name, @Max(100) @DefaultValue("5") int limit) {
	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(Beans.MutableProps.class)
	static class Beans {

		private final List<AtomicFileChangedEvent> events = Collections.synchronizedList(new ArrayList<>());

		private final List<String> changedKeys = Collections.synchronizedList(new ArrayList<>());

		@EventListener
		void changed(AtomicFileChangedEvent event) {
			this.events.add(event);
		}

		@EventListener
		void changed(EnvironmentChangeEvent event) {
			this.changedKeys.addAll(event.getKeys());
		}

		@Bean
		@ConfigurationProperties("app")
		MutableProps ofApp() {
			return new MutableProps();
		}

		@ConfigurationProperties("mutable")
		static class MutableProps {

			private int size;

			private int limit;

			public int getSize() {
				return this.size;
			}

			public void setSize(int size) {
				this.size = size;
			}

			public int getLimit() {
				return this.limit;
			}

			public void setLimit(int limit) {
				this.limit = limit;
			}

		}

	}

}
