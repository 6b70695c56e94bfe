package io.atomicwrite.spring.aot;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

import io.atomicwrite.format.Format;
import io.atomicwrite.spring.actuate.console.BackupsDescriptor;
import io.atomicwrite.spring.actuate.console.ChangesDescriptor;
import io.atomicwrite.spring.actuate.console.DoctorDescriptor;
import io.atomicwrite.spring.actuate.endpoint.ChangeDescriptor;
import io.atomicwrite.spring.actuate.endpoint.DirectoryDescriptor;
import io.atomicwrite.spring.actuate.endpoint.DocumentDescriptor;
import io.atomicwrite.spring.actuate.endpoint.ListDescriptor;
import io.atomicwrite.spring.actuate.endpoint.LocksDescriptor;
import io.atomicwrite.spring.actuate.endpoint.SweepDescriptor;
import io.atomicwrite.spring.actuate.endpoint.WritesDescriptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.GenerationContext;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.javapoet.ClassName;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an application with the starter registers for a native image: the starter names
 * all it finds by reflection or as a resource.
 */
class RuntimeHintsTests {

	private static final String EXPOSED = "management.endpoints.web.exposure.include=*";

	private static final String CONSOLE = "management.endpoint.atomicwriteconsole.access=READ_ONLY";

	private static final RuntimeHints HINTS = hints(EXPOSED, CONSOLE);

	@ParameterizedTest
	@ValueSource(strings = { "console.html", "console.css", "console.js", "panels.js", "page.js" })
	void theFilesOfTheConsoleAreThere(String file) {
		String resource = "io/atomicwrite/spring/actuate/console/" + file;
		assertThat(getClass().getClassLoader().getResource(resource)).isNotNull();
		assertThat(RuntimeHintsPredicates.resource().forResource(resource)).accepts(HINTS);
	}

	@ParameterizedTest
	@ValueSource(classes = { BackupsDescriptor.class, ChangesDescriptor.class, DoctorDescriptor.class,
			DoctorDescriptor.FindingDescriptor.class })
	void theViewsOfTheConsoleAreBound(Class<?> view) {
		assertBound(HINTS, view);
	}

	@Test
	void withoutTheConsoleNothingOfItIsRegistered() {
		RuntimeHints without = hints(EXPOSED);
		assertThat(RuntimeHintsPredicates.resource().forResource("io/atomicwrite/spring/actuate/console/console.html"))
			.rejects(without);
		assertThat(RuntimeHintsPredicates.reflection().onType(DoctorDescriptor.class)).rejects(without);
		assertBound(without, DirectoryDescriptor.class);
	}

	@ParameterizedTest
	@ValueSource(classes = { DirectoryDescriptor.class, DirectoryDescriptor.GuaranteeDescriptor.class,
			DocumentDescriptor.class, DocumentDescriptor.ProblemDescriptor.class, ListDescriptor.class,
			LocksDescriptor.class, WritesDescriptor.class, SweepDescriptor.class, ChangeDescriptor.class })
	void whatTheEndpointAnswersIsBound(Class<?> answer) {
		assertBound(HINTS, answer);
	}

	@ParameterizedTest
	@MethodSource("formats")
	void eachFormatIsFoundByItsName(String format) throws ClassNotFoundException {
		assertThat(RuntimeHintsPredicates.resource().forResource("META-INF/services/" + Format.class.getName()))
			.accepts(HINTS);
		assertThat(RuntimeHintsPredicates.reflection()
			.onType(Class.forName(format))
			.withMemberCategory(MemberCategory.INVOKE_PUBLIC_CONSTRUCTORS)).accepts(HINTS);
	}

	@ParameterizedTest
	@ValueSource(strings = { "tools.jackson.databind.json.JsonMapper", "tools.jackson.dataformat.toml.TomlMapper",
			"org.snakeyaml.engine.v2.api.LoadSettings", "jakarta.validation.Validation" })
	void eachLibraryThatIsLookedForIsFound(String library) throws ClassNotFoundException {
		assertThat(RuntimeHintsPredicates.reflection().onType(Class.forName(library))).accepts(HINTS);
	}

	@Test
	void theProcessThatTriesALockIsThere() {
		String resource = "io/atomicwrite/fs/LockPeer.class";
		assertThat(getClass().getClassLoader().getResource(resource)).isNotNull();
		assertThat(RuntimeHintsPredicates.resource().forResource(resource)).accepts(HINTS);
	}

	@Test
	void theOrderOfTheStatesOfHealthIsThere() {
		assertThat(
				RuntimeHintsPredicates.resource().forResource("io/atomicwrite/spring/health/status-order.properties"))
			.accepts(HINTS);
	}

	static Stream<String> formats() throws IOException {
		String services = "META-INF/services/" + Format.class.getName();
		try (InputStream in = Format.class.getClassLoader().getResourceAsStream(services)) {
			assertThat(in).isNotNull();
			List<String> names = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
			assertThat(names).isNotEmpty();
			return names.stream();
		}
	}

	private static void assertBound(RuntimeHints hints, Class<?> type) {
		assertThat(RuntimeHintsPredicates.reflection()
			.onType(type)
			.withMemberCategory(MemberCategory.INVOKE_DECLARED_CONSTRUCTORS)).accepts(hints);
	}

	/**
	 * As the processing of an application: the registrars of {@code aot.factories}, and
	 * what its context contributes.
	 */
	private static RuntimeHints hints(String... properties) {
		GenerationContext generation = new DefaultGenerationContext(
				new ClassNameGenerator(ClassName.get("app", "Application")), new InMemoryGeneratedFiles());
		new WebApplicationContextRunner().withUserConfiguration(Application.class)
			.withPropertyValues(properties)
			.prepare((context) -> {
				GenericApplicationContext prepared = (GenericApplicationContext) context.getSourceApplicationContext();
				new ApplicationContextAotGenerator().processAheadOfTime(prepared, generation);
			});
		return generation.getRuntimeHints();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
