package io.atomicwrite.spring.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.atomicwrite.spring.MountedAs;
import io.atomicwrite.spring.directory.DirectoryNotWritableException;
import io.atomicwrite.spring.directory.ManagedDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

class FailureAnalyzerTests {

	@TempDir
	private Path directory;

	private ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(AtomicWriteAutoConfiguration.class));

	@Test
	void directoryThatCanNotBeCreated() throws IOException {
		Path file = Files.createFile(this.directory.resolve("file"));
		FailureAnalysis analysis = failure("atomicwrite.directories.data.path=" + file.resolve("data"));
		assertThat(analysis.getDescription()).contains("'data'").contains(file.toString()).contains("can't be created");
		assertThat(analysis.getAction()).contains("'atomicwrite.directories.data.path'");
	}

	@Test
	void directoryThatIsAFile() throws IOException {
		Path file = Files.createFile(this.directory.resolve("file"));
		FailureAnalysis analysis = failure("atomicwrite.directories.data.path=" + file);
		assertThat(analysis.getDescription()).contains(file.toString()).contains("File exists");
	}

	@Test
	void directoryThatIsNotWritable() {
		FailureAnalysis analysis = Analyses.of(new IllegalStateException(
				new DirectoryNotWritableException(new ManagedDirectory("data", this.directory))));
		assertThat(analysis.getDescription()).contains("'data'").contains("can't be written");
		assertThat(analysis.getAction()).contains("'atomicwrite.directories.data.path'");
	}

	@Test
	void directoryBelowTheSafetyPolicy() {
		this.runner = this.runner.withBean(MountedAs.class, () -> new MountedAs("tmpfs"));
		FailureAnalysis analysis = failure("atomicwrite.directories.data.path=" + this.directory);
		assertThat(analysis.getDescription()).contains("'data'")
			.contains(this.directory.toString())
			.contains("tmpfs")
			.contains("CRASH_DURABILITY must be BEST_EFFORT but is UNSUPPORTED")
			.contains("lives in memory");
		assertThat(analysis.getAction()).contains("'atomicwrite.safety'")
			.contains("'atomicwrite.directories.data.path'");
	}

	@Test
	void directoryBelowARequiredLevel() {
		this.runner = this.runner.withBean(MountedAs.class, () -> new MountedAs("overlay"));
		FailureAnalysis analysis = failure("atomicwrite.directories.data.path=" + this.directory,
				"atomicwrite.require.crash-durability=guaranteed");
		assertThat(analysis.getDescription()).contains("overlay")
			.contains("CRASH_DURABILITY must be GUARANTEED but is BEST_EFFORT");
		assertThat(analysis.getAction()).contains("'atomicwrite.require.crash-durability'");
	}

	@Test
	void exclusionThatIsRequiredOfWritesWithoutLocks() {
		FailureAnalysis analysis = failure("atomicwrite.directories.data.path=" + this.directory,
				"atomicwrite.lock.mode=none", "atomicwrite.require.writer-exclusion=best-effort");
		assertThat(analysis.getDescription()).contains("WRITER_EXCLUSION").contains("atomicwrite.lock.mode");
	}

	@Test
	void malformedMode() {
		for (String mode : List.of("rw-r-----", "416", "640", "0998")) {
			FailureAnalysis analysis = failure("atomicwrite.metadata.mode=" + mode);
			assertThat(analysis.getDescription()).contains("atomicwrite.metadata.mode")
				.contains(mode)
				.contains("preserve, umask")
				.contains("0640");
		}
	}

	@Test
	void negativeTimeout() {
		FailureAnalysis analysis = failure("atomicwrite.lock.timeout=-1s");
		assertThat(analysis.getDescription()).contains("atomicwrite.lock.timeout").contains("can't be negative");
	}

	@Test
	void malformedEnums() {
		FailureAnalysis analysis = failure("atomicwrite.safety=lax");
		assertThat(analysis.getDescription()).contains("atomicwrite.safety").contains("lax");
		assertThat(analysis.getAction()).contains("BEST_EFFORT");
		assertThat(failure("atomicwrite.require.crash-durability=high").getDescription())
			.contains("atomicwrite.require.crash-durability");
	}

	@Test
	void directoryWithoutPathOrWithTheReservedName() {
		assertThat(failure("atomicwrite.directories.data.path=").getDescription())
			.contains("atomicwrite.directories.data.path")
			.contains("needs a path");
		assertThat(failure("atomicwrite.directories.other.path=" + this.directory).getDescription())
			.contains("choose another name");
	}

	@Test
	void missingDirectoriesAreCreated() {
		Path missing = this.directory.resolve("a/b");
		this.runner.withPropertyValues("atomicwrite.directories.data.path=" + missing)
			.run((context) -> assertThat(missing).isDirectory());
	}

	@Test
	void nothingIsCheckedWhenSwitchedOff() {
		Path missing = this.directory.resolve("a/b");
		this.runner.withPropertyValues("atomicwrite.directories.data.path=" + missing, "atomicwrite.startup-check=off")
			.run((context) -> assertThat(missing).doesNotExist());
	}

	private FailureAnalysis failure(String... properties) {
		return Analyses.ofStart(this.runner, properties);
	}

}
