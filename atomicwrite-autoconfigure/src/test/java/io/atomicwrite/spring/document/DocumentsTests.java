package io.atomicwrite.spring.document;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.atomicwrite.checksum.Version;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.document.AtomicDocument;
import io.atomicwrite.document.DocumentOptions;
import io.atomicwrite.document.DocumentStatus;
import io.atomicwrite.spring.AtomicFileChangedEvent;
import io.atomicwrite.spring.autoconfigure.AtomicWriteAutoConfiguration;
import io.atomicwrite.spring.autoconfigure.health.AtomicWriteHealthContributorAutoConfiguration;
import io.atomicwrite.spring.autoconfigure.metrics.AtomicWriteMetricsAutoConfiguration;
import io.atomicwrite.spring.health.HealthOf;
import io.atomicwrite.watch.WatchMode;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotBlank;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/**
 * Documents by name, as beans of an application.
 */
@ExtendWith(OutputCaptureExtension.class)
class DocumentsTests {

	private static final String PREFIX = "atomicwrite.documents.settings.";

	@TempDir
	private Path directory;

	private Path file;

	private ApplicationContextRunner runner = new ApplicationContextRunner().withConfiguration(AutoConfigurations
		.of(AtomicWriteAutoConfiguration.class, AtomicWriteHealthContributorAutoConfiguration.class));

	@BeforeEach
	void configure() {
		this.file = this.directory.resolve("settings.yaml");
		this.runner = this.runner.withPropertyValues(PREFIX + "path=" + this.file)
			.withUserConfiguration(Application.class);
	}

	@Test
	void aMissingFileStandsForTheDefaultsOfTheType() {
		this.runner.run((context) -> {
			AtomicDocument<Settings> settings = settings(context);
			assertThat(settings.current()).isEqualTo(new Settings("light", 10));
			assertThat(settings.status()).isEqualTo(DocumentStatus.DEFAULTED);
			assertThat(this.file).doesNotExist();
			settings.update((old) -> new Settings("dark", old.limit()));
			assertThat(this.file).content().contains("theme: dark");
			assertThat(context.getBean(AtomicDocuments.class).open("settings", Settings.class)).isSameAs(settings);
		});
	}

	@Test
	void defaultsStandForMissingKeysAndAClassHasThoseOfItsFields() throws Exception {
		Files.writeString(this.file, "limit: 20\n");
		this.runner.run((context) -> assertThat(settings(context).current()).isEqualTo(new Settings("light", 20)));
		assertThat(DocumentDefaults.of(Fields.class).orElseThrow().get().size).isEqualTo(7);
		assertThat(DocumentDefaults.of(NoDefaults.class)).isEmpty();
		assertThat(DocumentDefaults.of(List.class)).isEmpty();
	}

	@Test
	void aMapperThatFailsOnUnknownKeysDoesNotDecideForDocuments() throws Exception {
		Path json = Files.writeString(this.directory.resolve("settings.json"), "{\"theme\": \"light\", \"new\": 1}");
		this.runner = this.runner
			.withBean(JsonMapper.class,
					() -> JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build())
			.withPropertyValues("atomicwrite.json.mapper=application", PREFIX + "path=" + json);
		this.runner.run((context) -> {
			settings(context).update((old) -> new Settings("dark", 20));
			assertThat(json).content().contains("\"dark\"").contains("\"new\": 1");
			assertThatThrownBy(() -> context.getBean(AtomicFileTemplate.class).readValue(json, Settings.class))
				.hasMessageContaining("'new' is not known");
		});
		this.runner.withPropertyValues(PREFIX + "unknown-fields=reject")
			.run((context) -> assertThat(context).getFailure().rootCause().hasMessageContaining("is not known"));
	}

	@Test
	void constraintsCountForTheFileAndForUpdates() throws Exception {
		Files.writeString(this.file, "theme: light\nlimit: 101\n");
		this.runner.run((context) -> assertThat(context).hasFailed()
			.getFailure()
			.rootCause()
			.hasMessageContaining("line 2")
			.hasMessageContaining("limit"));
		Files.delete(this.file);
		this.runner.run((context) -> {
			assertThatThrownBy(() -> settings(context).update((old) -> new Settings("", 1)))
				.hasMessageContaining("theme");
			assertThat(this.file).doesNotExist();
		});
	}

	@Test
	void changesOfAllArePublished() {
		this.runner.run((context) -> {
			AtomicDocument<Settings> settings = settings(context);
			List<AtomicFileChangedEvent> events = context.getBean(Application.class).events;
			settings.update((old) -> new Settings("dark", 1));
			await().until(() -> events.size() == 1);
			Version first = settings.snapshot().version();
			Files.writeString(this.file, "theme: blue\n");
			await().until(() -> events.size() == 2);
			assertThat(events).containsExactly(new AtomicFileChangedEvent(this.file, "settings", Version.none(), first),
					new AtomicFileChangedEvent(this.file, "settings", first, settings.snapshot().version()));
		});
	}

	@Test
	void anInvalidFileIsAStatusOfItsOwnWithItsPlace(CapturedOutput log) throws Exception {
		Files.writeString(this.file, "theme: light\n");
		this.runner.run((context) -> {
			settings(context);
			assertThat(health(context).getStatus().getCode()).isEqualTo("UP");
			Files.writeString(this.file, "theme: light\nlimit: [secret\n");
			await().until(() -> health(context).getStatus().getCode().equals("INVALID"));
			assertThat(health(context).getDetails()).asString()
				.contains("status=INVALID")
				.contains("since=")
				.contains("path=" + this.file)
				.contains("line=2")
				.contains("column=8")
				.doesNotContain("secret");
			assertThat(settings(context).current()).isEqualTo(new Settings("light", 10));
			Files.writeString(this.file, "theme: light\nlimit: 3\n");
			await().until(() -> health(context).getStatus().getCode().equals("UP"));
			await().until(() -> log.getOut().contains(this.file + " is valid again"));
			assertThat(log.getOut()).containsOnlyOnce("The document " + this.file + " can't be used")
				.contains(this.file + " can't be used as it is, and changes of it fail: line 2, column 8: ")
				.doesNotContain("secret");
		});
	}

	@Test
	void aDocumentThatIsNotOpenYetHasAContributor() {
		this.runner.withPropertyValues("atomicwrite.documents.later.path=" + this.directory.resolve("later.yaml"))
			.run((context) -> assertThat(HealthOf.document(context, "later").getStatus().getCode())
				.isEqualTo("UNKNOWN"));
	}

	@Test
	void aMissingFileIsLoggedAndAPathHasNoDots(CapturedOutput log) throws Exception {
		Files.writeString(this.file, "theme: light\n");
		this.runner.withPropertyValues(PREFIX + "path=" + this.directory + "/./settings.yaml").run((context) -> {
			assertThat(settings(context).path()).hasToString(this.file.toString());
			Files.delete(this.file);
			await().until(() -> settings(context).status() == DocumentStatus.MISSING);
			await().until(() -> log.getOut().contains("The document " + this.file + " is missing; its last valid"));
			assertThat(settings(context).current()).isEqualTo(new Settings("light", 10));
			Files.writeString(this.file, "theme: dark\n");
			await().until(() -> log.getOut().contains(this.file + " is valid again"));
		});
	}

	@Test
	void theLastGoodContentIsAStatusOfItsOwn() throws Exception {
		this.runner.run((context) -> settings(context).update((old) -> new Settings("dark", 3)));
		Files.writeString(this.file, "theme: [\n");
		this.runner.run((context) -> {
			assertThat(settings(context).current()).isEqualTo(new Settings("dark", 3));
			assertThat(health(context).getStatus().getCode()).isEqualTo("LAST_GOOD");
			assertThat(health(context).getDetails()).asString().contains("status=LAST_GOOD");
		});
		this.runner.withPropertyValues(PREFIX + "when-invalid=fail")
			.run((context) -> assertThat(context).hasFailed()
				.getFailure()
				.rootCause()
				.hasMessageContaining(this.file.toString()));
	}

	@Test
	void propertiesCountMoreThanOptions() {
		this.runner
			.withPropertyValues(PREFIX + "watch=poll", PREFIX + "quiet-period=1s", PREFIX + "poll-interval=2s",
					PREFIX + "max-size=1KB", PREFIX + "when-invalid=fail", PREFIX + "when-missing=defaults",
					PREFIX + "formatting=rewrite", PREFIX + "unknown-fields=reject", PREFIX + "read-only=true",
					PREFIX + "keep-rejected=2")
			.run((context) -> {
				DocumentProperties properties = DocumentsProperties
					.of(org.springframework.boot.context.properties.bind.Binder.get(context.getEnvironment()))
					.of("settings");
				DocumentOptions.Builder<Settings> builder = DocumentOptions.of(Settings.class)
					.quietPeriod(Duration.ofSeconds(9));
				properties.apply("d", builder);
				DocumentOptions<Settings> options = builder.build();
				assertThat(options.watch()).isEqualTo(WatchMode.POLL);
				assertThat(options.quietPeriod()).isEqualTo(Duration.ofSeconds(1));
				assertThat(options.pollInterval()).isEqualTo(Duration.ofSeconds(2));
				assertThat(options.maxSize()).isEqualTo(1024);
				assertThat(options.whenInvalid()).hasToString("FAIL");
				assertThat(options.whenMissing()).hasToString("DEFAULTS");
				assertThat(options.formatting()).hasToString("REWRITE");
				assertThat(options.unknown()).hasToString("REJECT");
				assertThat(options.readOnly()).isTrue();
				assertThat(options.keepRejected()).isEqualTo(2);
				assertThatThrownBy(() -> settings(context).update((old) -> new Settings("dark", 1)))
					.isInstanceOf(IllegalStateException.class);
			});
	}

	@Test
	void theLastGoodContentsMayLieElsewhere() {
		Path state = this.directory.resolve("state");
		this.runner.withPropertyValues("atomicwrite.documents.state-directory=" + state)
			.run((context) -> assertThat(context.getBean(AtomicDocuments.class).names()).containsExactly("settings"));
	}

	@Test
	void metersExistFromTheStartAndHaveTheNameAlone() {
		this.runner.withPropertyValues("atomicwrite.documents.other-one.path=" + this.directory.resolve("x.json"))
			.withConfiguration(AutoConfigurations.of(AtomicWriteMetricsAutoConfiguration.class))
			.withBean(MeterRegistry.class, SimpleMeterRegistry::new)
			.run((context) -> {
				MeterRegistry registry = context.getBean(MeterRegistry.class);
				context.getBeanProvider(io.micrometer.core.instrument.binder.MeterBinder.class)
					.orderedStream()
					.forEach((binder) -> binder.bindTo(registry));
				for (String name : List.of("settings", "other-one", "other")) {
					assertThat(registry.get("atomicwrite.document.update").tag("document", name).timer().count())
						.isZero();
				}
				settings(context).update((old) -> new Settings("dark", 1));
				await().until(() -> registry.get("atomicwrite.document.update")
					.tag("document", "settings")
					.timer()
					.count() == 1);
				assertThat(registry.get("atomicwrite.document.valid").tag("document", "settings").gauge().value())
					.isOne();
				assertThat(registry.getMeters())
					.filteredOn((meter) -> meter.getId().getName().startsWith("atomicwrite.document"))
					.allSatisfy((meter) -> assertThat(meter.getId().getTags()).singleElement()
						.satisfies((tag) -> assertThat(tag.getKey()).isEqualTo("document")));
			});
	}

	private static AtomicDocument<Settings> settings(ApplicationContext context) {
		return context.getBean(Application.class).settings(context.getBean(AtomicDocuments.class));
	}

	private static Health health(ApplicationContext context) {
		return HealthOf.document(context, "settings");
	}

	record Settings(@NotBlank @DefaultValue("light") String theme, @Max(100) @DefaultValue("10") int limit) {
	}

	record NoDefaults(String a) {
	}

	static class Fields {

		int size = 7;

	}

	@Configuration(proxyBeanMethods = false)
	static class Application {

		private final List<AtomicFileChangedEvent> events = Collections.synchronizedList(new ArrayList<>());

		@Bean
		AtomicDocument<Settings> settings(AtomicDocuments documents) {
			return documents.open("settings", Settings.class);
		}

		@EventListener
		void changed(AtomicFileChangedEvent event) {
			this.events.add(event);
		}

	}

}
