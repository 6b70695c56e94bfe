package io.atomicwrite.spring.context;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

import io.atomicwrite.Guarantee;
import io.atomicwrite.GuaranteeLevel;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.spring.MountedAs;
import io.atomicwrite.spring.directory.DirectoryUnavailableException;
import io.atomicwrite.spring.directory.GuaranteeNotMetException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/**
 * What is only a side effect happens at the start, lazy or not.
 */
class LazyApplicationTests {

	private static final String LAZY = "spring.main.lazy-initialization=true";

	@TempDir
	private Path directory;

	@Test
	void directoriesArePreparedAndSwept() throws Exception {
		Path data = Files.createDirectories(this.directory.resolve("data"));
		Files.createFile(data.resolve("a.json.lock"));
		Files.setLastModifiedTime(data.resolve("a.json.lock"), FileTime.fromMillis(0));
		Path missing = this.directory.resolve("missing");
		try (RunningApplication application = start(Ext4.class, "atomicwrite.directories.data.path=" + data,
				"atomicwrite.directories.missing.path=" + missing)) {
			assertThat(missing).isDirectory();
			await().atMost(Duration.ofSeconds(10)).until(() -> Files.notExists(data.resolve("a.json.lock")));
			assertThat(application.json("/actuator/health").at("/components/atomicwrite/status").asString())
				.isEqualTo("UP");
			application.context().getBean(AtomicFileTemplate.class).writeString(data.resolve("a"), "a");
			assertThat(application.json("/actuator/metrics/atomicwrite.write?tag=directory:data")
				.at("/measurements/0/value")
				.asDouble()).isEqualTo(1);
			assertThat(application.json("/actuator/metrics/atomicwrite.guarantee.level?tag=directory:data")
				.at("/availableTags/0/values")
				.size()).isEqualTo(4);
			assertThat(application.json("/actuator/metrics/atomicwrite.lock.wait?tag=directory:data")
				.at("/measurements/0/value")
				.asDouble()).isPositive();
		}
	}

	@Test
	void refusesToStartOnADirectoryBelowTheSafetyPolicy() {
		assertThatThrownBy(() -> start(Tmpfs.class, "atomicwrite.directories.data.path=" + this.directory,
				"atomicwrite.require.crash-durability=best-effort"))
			.hasRootCauseInstanceOf(GuaranteeNotMetException.class);
	}

	@Test
	void refusesToStartOnADirectoryThatCanNotBe() throws Exception {
		Path file = Files.createFile(this.directory.resolve("file"));
		assertThatThrownBy(() -> start(Ext4.class, "atomicwrite.directories.data.path=" + file.resolve("data")))
			.hasStackTraceContaining(DirectoryUnavailableException.class.getName());
	}

	@Test
	void aTemplateThatIsLazyItselfIsNoReason() {
		assertThatThrownBy(() -> start(LazyBeans.class, "atomicwrite.directories.data.path=" + this.directory,
				"atomicwrite.require.crash-durability=best-effort"))
			.hasRootCauseInstanceOf(GuaranteeNotMetException.class);
	}

	private RunningApplication start(Class<?> configuration, String... properties) {
		String[] all = Arrays.copyOf(properties, properties.length + 1);
		all[properties.length] = LAZY;
		return RunningApplication.start(List.of(configuration), all);
	}

	@Configuration(proxyBeanMethods = false)
	static class Ext4 {

		@Bean
		FileOps files() {
			return new MountedAs("ext4");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Tmpfs {

		@Bean
		FileOps files() {
			return new MountedAs("tmpfs");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class LazyBeans extends Tmpfs {

		@Bean
		@Lazy
		LockRegistry locks() {
			return LockRegistry.file();
		}

		@Bean
		@Lazy
		AtomicFileTemplate template(LockRegistry locks, FileOps files) {
			return AtomicFileTemplate.builder()
				.files(files)
				.locks(locks)
				.defaults(WriteOptions.engineDefaults()
					.with((changes) -> changes.require(Guarantee.CRASH_DURABILITY, GuaranteeLevel.BEST_EFFORT)))
				.build();
		}

	}

}
