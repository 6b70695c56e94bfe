package io.atomicwrite.spring.autoconfigure;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

import io.atomicwrite.UnsupportedEnvironmentException;
import io.atomicwrite.WriteOutcome;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.WriteListener;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.ForwardingFileOps;
import io.atomicwrite.spring.MountedAs;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.COLLECTION;

/**
 * The log messages of writes that proceed although a guarantee is not met.
 */
@ExtendWith(OutputCaptureExtension.class)
class WarningLogTests {

	private static final String IN_MEMORY = "CRASH_DURABILITY is UNSUPPORTED on tmpfs at /: "
			+ "in memory: content survives a process, not a reboot";

	@TempDir
	private Path directory;

	private final MountedAs files = new MountedAs("tmpfs");

	private ApplicationContextRunner runner;

	@BeforeEach
	void createRunner() throws IOException {
		this.directory = this.directory.toRealPath();
		Files.createDirectory(this.directory.resolve("one"));
		Files.createDirectory(this.directory.resolve("two"));
		this.runner = new ApplicationContextRunner().withPropertyValues("atomicwrite.housekeeping.enabled=false")
			.withConfiguration(AutoConfigurations.of(AtomicWriteAutoConfiguration.class))
			.withBean(MountedAs.class, () -> this.files)
			.withPropertyValues("atomicwrite.safety=warn");
	}

	@Test
	void aThousandWritesAreOneLineForEachDirectory(CapturedOutput output) {
		this.runner.run((context) -> {
			AtomicFileTemplate template = context.getBean(AtomicFileTemplate.class);
			IntStream.range(0, 1000)
				.parallel()
				.forEach((i) -> template.writeString(this.directory.resolve("one/" + i), "content"));
			assertThat(warnings(output)).containsExactly(once("one", IN_MEMORY));
			template.writeString(this.directory.resolve("two/a"), "content");
			assertThat(warnings(output)).containsExactly(once("one", IN_MEMORY), once("two", IN_MEMORY));
		});
	}

	@Test
	void theStartIsTheOneTimeForAManagedDirectory(CapturedOutput output) {
		this.runner.withPropertyValues("atomicwrite.directories.data.path=" + this.directory.resolve("one"))
			.run((context) -> {
				assertThat(warnings(output)).containsExactly(once("one", IN_MEMORY));
				context.getBean(AtomicFileTemplate.class).writeString(this.directory.resolve("one/a"), "content");
				assertThat(warnings(output)).containsExactly(once("one", IN_MEMORY));
			});
	}

	@Test
	void memoryIsALineForEachMountUnderTheStrictPolicy(CapturedOutput output) {
		String line = "Writes to /: " + IN_MEMORY + " (logged once per directory)";
		this.runner.withPropertyValues("atomicwrite.safety=strict").run((context) -> {
			AtomicFileTemplate template = context.getBean(AtomicFileTemplate.class);
			for (String name : List.of("one/a", "two/a", "one/b")) {
				assertThat(template.writeString(this.directory.resolve(name), "content").outcome())
					.isEqualTo(WriteOutcome.VISIBLE_NOT_DURABLE);
			}
		});
		assertThat(warnings(output)).containsExactly(line);
		this.runner
			.withPropertyValues("atomicwrite.safety=strict",
					"atomicwrite.directories.one.path=" + this.directory.resolve("one"),
					"atomicwrite.directories.two.path=" + this.directory.resolve("two"))
			.run((context) -> context.getBean(AtomicFileTemplate.class)
				.writeString(this.directory.resolve("two/b"), "content"));
		assertThat(warnings(output)).containsExactly(line, line);
	}

	@Test
	void companionsInAnIncludeDirectoryAreALineForEachDirectory(CapturedOutput output) throws IOException {
		this.files.remount("ext4");
		Files.createDirectory(this.directory.resolve("conf.d"));
		this.runner.withPropertyValues("atomicwrite.safety=strict")
			.run((context) -> IntStream.range(0, 10)
				.forEach((i) -> context.getBean(AtomicFileTemplate.class)
					.writeString(this.directory.resolve("conf.d/x.conf"), "content")));
		assertThat(warnings(output)).singleElement()
			.asString()
			.contains("conf.d: a program may read every file", "x.conf.lock");
	}

	@Test
	void levelThatADirectoryRequiresIsRequiredOfWritesInItAlone() {
		this.runner
			.withPropertyValues("atomicwrite.startup-check=off",
					"atomicwrite.directories.one.path=" + this.directory.resolve("one"),
					"atomicwrite.directories.one.require.crash-durability=best-effort")
			.run((context) -> {
				AtomicFileTemplate template = context.getBean(AtomicFileTemplate.class);
				template.writeString(this.directory.resolve("two/a"), "content");
				assertThatExceptionOfType(UnsupportedEnvironmentException.class)
					.isThrownBy(() -> template.writeString(this.directory.resolve("one/sub/a"), "content"));
				assertThatExceptionOfType(UnsupportedEnvironmentException.class)
					.isThrownBy(() -> template.move(this.directory.resolve("two/a"), this.directory.resolve("one/a")));
			});
	}

	@Test
	void eachGuaranteeIsALine(CapturedOutput output) {
		this.files.remount("fuse.gcsfuse");
		this.runner.run((context) -> {
			AtomicFileTemplate template = context.getBean(AtomicFileTemplate.class);
			template.writeString(this.directory.resolve("one/a"), "content");
			template.writeString(this.directory.resolve("one/b"), "content");
		});
		assertThat(warnings(output)).hasSize(2)
			.anyMatch((line) -> line.contains("ATOMIC_VISIBILITY is NON_TARGET on fuse.gcsfuse"))
			.anyMatch((line) -> line.contains("WRITER_EXCLUSION is NON_TARGET on fuse.gcsfuse"));
	}

	@Test
	void aListenerOfTheApplicationIsNotifiedOfEachWrite(CapturedOutput output) {
		Map<Path, String> reported = new ConcurrentHashMap<>();
		this.runner.withBean(WriteListener.class, () -> new WriteListener() {
			@Override
			public void warned(Path target, String warning) {
				reported.put(target, warning);
			}
		}).run((context) -> {
			AtomicFileTemplate template = context.getBean(AtomicFileTemplate.class);
			IntStream.range(0, 10).forEach((i) -> template.writeString(this.directory.resolve("one/" + i), "content"));
		});
		assertThat(reported).hasSize(10).containsValue(IN_MEMORY).containsKey(this.directory.resolve("one/9"));
		assertThat(warnings(output)).hasSize(1);
	}

	@Test
	void otherPoliciesLogNothing(CapturedOutput output) {
		this.runner.withPropertyValues("atomicwrite.safety=best-effort")
			.run((context) -> context.getBean(AtomicFileTemplate.class)
				.writeString(this.directory.resolve("one/a"), "content"));
		assertThat(warnings(output)).isEmpty();
	}

	@Test
	void neitherMemoryNorLogGrowWithTheNumberOfDirectories(CapturedOutput output) {
		LoggingWriteListener listener = new LoggingWriteListener();
		for (int directories : new int[] { 1000, 1000, 5000, 5000 }) {
			IntStream.range(0, directories).forEach((i) -> listener.warned(Path.of("/" + i + "/file"), "warning"));
		}
		assertThat(warnings(output)).hasSize(1001)
			.contains("Writes to /999: warning (logged once per directory)")
			.last()
			.isEqualTo("Writes to /1000: warning (further warnings are not logged, after 1000 different ones)");
		assertThat(listener).extracting("warned").asInstanceOf(COLLECTION).hasSize(1000);
	}

	@Test
	void aLeakedWriteIsLogged(CapturedOutput output) {
		new LoggingWriteListener().leaked(this.directory.resolve("a.txt"));
		assertThat(output).contains("neither committed nor closed").contains("a.txt");
	}

	@Test
	void lockFilesThatCanNotBeDeletedAreALineForEachDirectory(CapturedOutput output) {
		FileOps keeping = new ForwardingFileOps(FileOps.system()) {

			@Override
			public void delete(Path path) throws IOException {
				if (path.toString().endsWith(".lock")) {
					throw new AccessDeniedException(path.toString());
				}
				super.delete(path);
			}

		};
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(AtomicWriteAutoConfiguration.class))
			.withPropertyValues("atomicwrite.housekeeping.enabled=false")
			.withBean(FileOps.class, () -> keeping)
			.run((context) -> IntStream.range(0, 10)
				.forEach((i) -> context.getBean(AtomicFileTemplate.class)
					.writeString(this.directory.resolve("one/" + i), "content")));
		assertThat(warnings(output))
			.containsExactly(once("one", "lock files can't be deleted and remain: Permission denied"));
	}

	private String once(String name, String warning) {
		return "Writes to " + this.directory.resolve(name) + ": " + warning + " (logged once per directory)";
	}

	private static List<String> warnings(CapturedOutput output) {
		return output.getAll()
			.lines()
			.filter((line) -> line.contains("Writes to "))
			.map((line) -> line.substring(line.indexOf("Writes to ")))
			.toList();
	}

}
