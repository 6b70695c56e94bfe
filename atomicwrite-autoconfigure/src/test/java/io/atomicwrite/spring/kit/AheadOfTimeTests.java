package io.atomicwrite.spring.kit;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import javax.tools.ToolProvider;

import io.atomicwrite.test.Forks;
import io.atomicwrite.test.directory.DurableDirectory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.aot.generate.FileSystemGeneratedFiles;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.test.context.aot.TestContextAotGenerator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of applications whose contexts are processed ahead of time, as the goal
 * {@code process-test-aot} of Spring Boot's plugin does: the place is made when the tests
 * run, and nothing of one is in the generated code.
 */
@Forks
class AheadOfTimeTests {

	private static final List<String> TESTS = List.of("io.atomicwrite.spring.pages.shop.ShopTests",
			"io.atomicwrite.spring.kit.slice.PriceListTests");

	private static final String WHERE = "atomicwrite.test.directory";

	/** Has the places of this test alone, on a filesystem that suits them. */
	private final Path places = DurableDirectory.create();

	@TempDir
	private Path directory;

	@BeforeEach
	void here() {
		System.setProperty(WHERE, this.places.toString());
	}

	@AfterEach
	void leave() {
		System.clearProperty(WHERE);
		DurableDirectory.delete(this.places);
	}

	@Test
	void thePlaceIsMadeWhenTheTestsRun() throws Exception {
		Path generated = generate();
		assertThat(this.places).isEmptyDirectory();
		assertThat(sources(generated)).hasSizeGreaterThan(10)
			.allSatisfy((source) -> assertThat(source).content().doesNotContain(this.places.toString()));
		compile(generated);
		assertThat(run(generated)).contains("passed ahead of time: ShopTests.themeIsSaved",
				"passed ahead of time: ShopTests.reportHasABackup",
				"passed ahead of time: PriceListTests.documentsAreInThePlace",
				"passed ahead of time: PriceListTests.pathsOfTheApplicationAreInThePlace");
		assertThat(this.places).isEmptyDirectory();
	}

	private Path generate() throws ClassNotFoundException {
		Path root = this.directory.resolve("generated");
		List<Class<?>> types = new ArrayList<>();
		for (String test : TESTS) {
			types.add(Class.forName(test));
		}
		System.setProperty("spring.aot.processing", "true");
		try {
			new TestContextAotGenerator(new FileSystemGeneratedFiles((kind) -> root), new RuntimeHints())
				.processAheadOfTime(types.stream());
		}
		finally {
			System.clearProperty("spring.aot.processing");
		}
		return root;
	}

	private static void compile(Path generated) throws IOException {
		List<String> arguments = new ArrayList<>(List.of("-nowarn", "-proc:none", "-d", generated.toString(), "-cp",
				generated + File.pathSeparator + System.getProperty("java.class.path")));
		sources(generated).forEach((source) -> arguments.add(source.toString()));
		assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)))
			.isZero();
	}

	private String run(Path generated) throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
						"-Dspring.aot.enabled=true", "-D" + WHERE + "=" + this.places, "-cp",
						generated + File.pathSeparator + System.getProperty("java.class.path"),
						AheadOfTimeRun.class.getName()));
		command.addAll(TESTS);
		Path output = this.directory.resolve("output");
		Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
		boolean ended = process.waitFor(120, TimeUnit.SECONDS);
		process.destroyForcibly();
		String text = Files.readString(output, StandardCharsets.UTF_8);
		assertThat(ended).as(text).isTrue();
		assertThat(process.exitValue()).as(text).isZero();
		return text;
	}

	private static List<Path> sources(Path generated) throws IOException {
		try (Stream<Path> all = Files.walk(generated)) {
			return all.filter((file) -> file.toString().endsWith(".java")).toList();
		}
	}

}
