package io.atomicwrite.spring.autoconfigure;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import io.atomicwrite.Guarantee;
import io.atomicwrite.GuaranteeLevel;
import io.atomicwrite.SafetyPolicy;
import io.atomicwrite.TargetRejectedException;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.MetadataPolicy;
import io.atomicwrite.core.ModePolicy;
import io.atomicwrite.core.SymlinkPolicy;
import io.atomicwrite.core.WriteAttempt;
import io.atomicwrite.core.WriteListener;
import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.core.WriteResult;
import io.atomicwrite.format.Formatting;
import io.atomicwrite.format.jackson.JacksonJsonFormat;
import io.atomicwrite.lock.LockListener;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.lock.LockRequest;
import io.atomicwrite.spring.directory.ManagedDirectories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class AtomicWriteAutoConfigurationTests {

	@TempDir
	private Path directory;

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withPropertyValues("atomicwrite.housekeeping.enabled=false")
		.withConfiguration(AutoConfigurations.of(AtomicWriteAutoConfiguration.class, JacksonAutoConfiguration.class));

	@Test
	void suppliesTemplateAndRegistryUnderPrefixedNames() {
		this.runner.run((context) -> {
			assertThat(context).hasBean("atomicwriteFileTemplate").hasBean("atomicwriteLockRegistry");
			Path target = this.directory.resolve("a.txt");
			context.getBean(AtomicFileTemplate.class).writeString(target, "content");
			assertThat(target).hasContent("content");
		});
	}

	@Test
	void whatNothingIsConfiguredForIsCreatedWhenItIsNeeded() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(AtomicWriteAutoConfiguration.class))
			.run((context) -> {
				assertThat(created(context)).containsExactlyInAnyOrder("atomicwriteUnknownKeys",
						"atomicwriteResourceProtocol", "atomicwriteDemand", "atomicwriteDirectoryPreparation",
						"atomicwriteConfiguredDocuments", "atomicwriteDocumentFlush", "atomicwriteScheduledHousekeeper",
						"atomicwritePublicationWatch", "atomicwriteImportWatch",
						// with Spring Cloud
						"atomicwriteSettledRefreshes");
				Path target = this.directory.resolve("a.txt");
				context.getBean(AtomicFileTemplate.class).writeString(target, "content");
				assertThat(target).hasContent("content");
				assertThat(created(context)).contains("atomicwriteLockRegistry", "atomicwriteWriteListeners")
					.doesNotContain("atomicwriteDocuments", "atomicwritePublications", "atomicwriteDirectoryLooks");
			});
	}

	@Test
	void whatIsConfiguredIsCreatedAtTheStart() {
		this.runner
			.withPropertyValues("atomicwrite.documents.a.path=" + this.directory.resolve("a.json"),
					"atomicwrite.publications.b.path=" + this.directory.resolve("b"))
			.run((context) -> assertThat(created(context)).contains("atomicwriteFileTemplate", "atomicwriteDocuments",
					"atomicwritePublications"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "lock.timeout=-1s", "checksum.algorithm=MD0", "metadata.mode=416", "backup.suffix=/",
			"housekeeping.interval=0s", "housekeeping.orphan-age=-1s", "look-timeout=0s", "startup-timeout=0s",
			"publications.b.path=/", "directories.other.path=d", "lock.scope=cluster", "lock.mode=waitt" })
	void aWrongValueFailsTheStartThoughNothingUsesIt(String property) {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(AtomicWriteAutoConfiguration.class))
			.withPropertyValues("atomicwrite." + property)
			.run((context) -> assertThat(context).hasFailed());
	}

	private static List<String> created(AssertableApplicationContext context) {
		return Arrays.stream(context.getBeanFactory().getSingletonNames())
			.filter((name) -> name.startsWith("atomicwrite"))
			.toList();
	}

	@Test
	void canBeSwitchedOff() {
		this.runner.withPropertyValues("atomicwrite.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(AtomicFileTemplate.class)
				.doesNotHaveBean(LockRegistry.class));
	}

	@Test
	void everyBeanOfTheOptionsStepsBack() {
		this.runner.withUserConfiguration(OwnBeans.class)
			.run((context) -> assertThat(context).hasSingleBean(AtomicFileTemplate.class)
				.hasSingleBean(LockRegistry.class)
				.doesNotHaveBean("atomicwriteFileTemplate")
				.doesNotHaveBean("atomicwriteLockRegistry"));
	}

	@Test
	void aLockRegistryOfSpringIntegrationStyleNameDoesNotCollide() {
		this.runner.withBean("lockRegistry", Object.class, Object::new)
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(LockRegistry.class));
	}

	@Test
	void defaultsAreThoseOfTheEngine() {
		this.runner.run((context) -> {
			WriteOptions options = context.getBean(AtomicFileTemplate.class).defaults();
			WriteOptions engine = WriteOptions.engineDefaults();
			assertThat(options.lock()).isEqualTo(engine.lock());
			assertThat(options.mode()).isEqualTo(engine.mode());
			assertThat(options.owner()).isEqualTo(engine.owner());
			assertThat(options.attributes()).isEqualTo(engine.attributes());
			assertThat(options.symlinks()).isEqualTo(engine.symlinks());
			assertThat(options.formatting()).isEqualTo(engine.formatting());
			assertThat(options.safety()).isEqualTo(engine.safety());
			assertThat(options.required()).isEqualTo(engine.required());
			assertThat(options.checksum()).isEqualTo(engine.checksum());
			assertThat(options.backup()).isEqualTo(engine.backup());
		});
	}

	@Test
	void bindsProperties() {
		this.runner
			.withPropertyValues("atomicwrite.safety=best-effort", "atomicwrite.require.crash-durability=guaranteed",
					"atomicwrite.lock.timeout=5s", "atomicwrite.metadata.mode=0640", "atomicwrite.metadata.owner=try",
					"atomicwrite.metadata.attributes=require", "atomicwrite.symlinks=reject",
					"atomicwrite.formatting=require-minimal", "atomicwrite.startup-check=off",
					"atomicwrite.directories.data.path=/srv/data")
			.run((context) -> {
				WriteOptions options = context.getBean(AtomicFileTemplate.class).defaults();
				assertThat(options.safety()).isEqualTo(SafetyPolicy.BEST_EFFORT);
				assertThat(options.required()).isEqualTo(Map.of(Guarantee.CRASH_DURABILITY, GuaranteeLevel.GUARANTEED));
				assertThat(options.lock()).isEqualTo(LockRequest.waitUpTo(Duration.ofSeconds(5)));
				assertThat(options.mode()).isEqualTo(ModePolicy.exactly(0640));
				assertThat(options.owner()).isEqualTo(MetadataPolicy.TRY);
				assertThat(options.attributes()).isEqualTo(MetadataPolicy.REQUIRE);
				assertThat(options.symlinks()).isEqualTo(SymlinkPolicy.REJECT);
				assertThat(options.formatting()).isEqualTo(Formatting.REQUIRE_MINIMAL);
				assertThat(context.getBean(ManagedDirectories.class).get("data")).isNotNull()
					.satisfies((data) -> assertThat(data.path()).isEqualTo(Path.of("/srv/data")));
			});
	}

	@Test
	void aRelativePathIsNoNameOfAClassPathResource() {
		assertThat(getClass().getClassLoader().getResource("META-INF")).isNotNull();
		this.runner.withPropertyValues("atomicwrite.startup-check=off", "atomicwrite.directories.data.path=META-INF")
			.run((context) -> assertThat(context.getBean(ManagedDirectories.class).all())
				.allSatisfy((data) -> assertThat(data.path()).isEqualTo(Path.of("META-INF").toAbsolutePath())));
	}

	@Test
	void bindsLockModes() {
		this.runner.withPropertyValues("atomicwrite.lock.mode=fail-fast")
			.run((context) -> assertThat(context.getBean(AtomicFileTemplate.class).defaults().lock())
				.isEqualTo(LockRequest.failFast()));
		this.runner.withPropertyValues("atomicwrite.lock.mode=none")
			.run((context) -> assertThat(context.getBean(AtomicFileTemplate.class).defaults().lock())
				.isEqualTo(LockRequest.none()));
	}

	@Test
	void keepsLockFilesIfAskedTo() {
		this.runner.withPropertyValues("atomicwrite.lock.file=keep").run((context) -> {
			context.getBean(AtomicFileTemplate.class).writeString(this.directory.resolve("a.txt"), "content");
			assertThat(this.directory.resolve("a.txt.lock")).exists();
		});
		this.runner.run((context) -> {
			context.getBean(AtomicFileTemplate.class).writeString(this.directory.resolve("b.txt"), "content");
			assertThat(this.directory.resolve("b.txt.lock")).doesNotExist();
		});
	}

	@Test
	void confinesToTheBaseDirectory() {
		this.runner
			.withPropertyValues("atomicwrite.base-directory=" + this.directory,
					"atomicwrite.directories.data.path=data")
			.run((context) -> {
				AtomicFileTemplate template = context.getBean(AtomicFileTemplate.class);
				template.writeString(Path.of("a.txt"), "content");
				assertThat(this.directory.resolve("a.txt")).hasContent("content");
				assertThat(this.directory.resolve("data")).isDirectory();
				assertThatExceptionOfType(TargetRejectedException.class)
					.isThrownBy(() -> template.writeString(Path.of("../a.txt"), "content"));
			});
	}

	@Test
	void appliesCustomizersInOrderAndAfterTheProperties() {
		this.runner.withUserConfiguration(Customizers.class)
			.withPropertyValues("atomicwrite.safety=warn")
			.run((context) -> {
				assertThat(context.getBean(Customizers.class).called).containsExactly("first", "second");
				assertThat(context.getBean(AtomicFileTemplate.class).defaults().overwrite()).isFalse();
			});
	}

	@Test
	void notifiesEveryListener() {
		this.runner.withUserConfiguration(Listeners.class).run((context) -> {
			context.getBean(AtomicFileTemplate.class).writeString(this.directory.resolve("a.txt"), "content");
			assertThat(context.getBean(Listeners.class).events).containsExactly("acquired", "released", "one", "two");
		});
	}

	@Test
	void jsonOfFilesIsItsOwnWhateverTheMapperOfTheApplication() {
		this.runner
			.withPropertyValues("spring.jackson.property-naming-strategy=KEBAB_CASE",
					"spring.jackson.default-property-inclusion=non_default",
					"spring.jackson.serialization.indent-output=false",
					"spring.jackson.deserialization.fail-on-unknown-properties=true")
			.run((context) -> {
				assertThat(context.getBean(JsonMapper.class).writeValueAsString(new Settings(1)))
					.isEqualTo("{\"max-size\":1}");
				Path target = this.directory.resolve("a.json");
				AtomicFileTemplate template = context.getBean(AtomicFileTemplate.class);
				template.writeValue(target, new Settings(0));
				assertThat(target).content().isEqualToNormalizingNewlines("{\n  \"maxSize\" : 0\n}");
				template.writeString(target, "{ \"maxSize\": 1, \"newer\": true }");
				template.update(target, Settings.class, (settings) -> new Settings(settings.maxSize() + 1));
				assertThat(target).hasContent("{ \"maxSize\": 2, \"newer\": true }");
			});
	}

	@Test
	void writesJsonWithTheMapperOfTheApplicationIfAskedTo() {
		this.runner.withPropertyValues("atomicwrite.json.mapper=application")
			.withBean(JsonMapper.class,
					() -> JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE).build())
			.run((context) -> {
				Path target = this.directory.resolve("a.json");
				context.getBean(AtomicFileTemplate.class).writeValue(target, new Settings(1));
				assertThat(target).hasContent("{\"max-size\":1}");
			});
	}

	@Test
	void mapperOfTheApplicationThatIsMissingIsNoSilentDefault() {
		new ApplicationContextRunner().withPropertyValues("atomicwrite.json.mapper=application")
			.withConfiguration(AutoConfigurations.of(AtomicWriteAutoConfiguration.class))
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class,
						(ex) -> assertThat(ex.getName()).isEqualTo("atomicwrite.json.mapper")));
	}

	@Test
	void formatThatIsABeanCountsBeforeTheBuiltInOne() {
		this.runner.withBean(JacksonJsonFormat.class, JacksonJsonFormat::withComments).run((context) -> {
			Path target = this.directory.resolve("a.json");
			AtomicFileTemplate template = context.getBean(AtomicFileTemplate.class);
			template.writeString(target, "{ // why\n \"maxSize\": 1 }");
			template.update(target, Settings.class, (settings) -> new Settings(2));
			assertThat(target).hasContent("{ // why\n \"maxSize\": 2 }");
		});
	}

	@Test
	void writesJsonWithoutAMapperBean() {
		new ApplicationContextRunner().withPropertyValues("atomicwrite.housekeeping.enabled=false")
			.withConfiguration(AutoConfigurations.of(AtomicWriteAutoConfiguration.class))
			.run((context) -> {
				Path target = this.directory.resolve("a.json");
				context.getBean(AtomicFileTemplate.class).writeValue(target, new Settings(1));
				assertThat(context.getBean(AtomicFileTemplate.class).readValue(target, Settings.class))
					.isEqualTo(new Settings(1));
			});
	}

	@Test
	void startsWithoutJackson() {
		this.runner.withClassLoader(new FilteredClassLoader("tools.jackson"))
			.run((context) -> assertThat(context).hasSingleBean(AtomicFileTemplate.class)
				.doesNotHaveBean(AtomicFileTemplateBuilderCustomizer.class));
	}

	record Settings(int maxSize) {
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnBeans {

		@Bean
		AtomicFileTemplate myTemplate() {
			return AtomicFileTemplate.create();
		}

		@Bean
		LockRegistry myLocks() {
			return LockRegistry.inProcess();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Customizers {

		private final List<String> called = new CopyOnWriteArrayList<>();

		@Bean
		@Order(2)
		AtomicFileTemplateBuilderCustomizer second() {
			return (builder) -> {
				this.called.add("second");
				builder.defaults(WriteOptions.engineDefaults().toBuilder().overwrite(false).build());
			};
		}

		@Bean
		@Order(1)
		AtomicFileTemplateBuilderCustomizer first() {
			return (builder) -> this.called.add("first");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Listeners {

		private final List<String> events = new CopyOnWriteArrayList<>();

		@Bean
		LockListener lockListener() {
			return new LockListener() {

				@Override
				public void acquired(Path target, Duration waited) {
					Listeners.this.events.add("acquired");
				}

				@Override
				public void released(Path target, Duration held) {
					Listeners.this.events.add("released");
				}

			};
		}

		@Bean
		@Order(2)
		WriteListener two() {
			return listener("two");
		}

		@Bean
		@Order(1)
		WriteListener one() {
			return listener("one");
		}

		private WriteListener listener(String name) {
			return new WriteListener() {

				@Override
				public void completed(WriteAttempt attempt, WriteResult result) {
					Listeners.this.events.add(name);
				}

			};
		}

	}

}
