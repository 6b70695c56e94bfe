package io.atomicwrite.spring.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;

import io.atomicwrite.Capability;
import io.atomicwrite.core.AtomicFileOperations;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.ForwardingFileOps;
import io.atomicwrite.spring.MountedAs;
import io.atomicwrite.spring.directory.DirectoryNotWritableException;
import io.atomicwrite.spring.directory.ManagedDirectories;
import io.atomicwrite.spring.directory.ManagedDirectory;
import io.atomicwrite.spring.document.AtomicDocuments;
import io.atomicwrite.test.Mounted;
import io.atomicwrite.test.RequiresRoot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class FailureAnalyzerTests {

	private static final String LOSSY = "    - CRASH_DURABILITY must be BEST_EFFORT but is NON_TARGET "
			+ "(synced files were missing after simulated power cuts)";

	private static final String IN_MEMORY = "    - CRASH_DURABILITY must be BEST_EFFORT but is UNSUPPORTED "
			+ "(in memory: content survives a process, not a reboot)";

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
		assertThat(analysis.getDescription()).contains(file.toString()).contains("Not a directory");
		assertThat(analysis.getAction()).startsWith("Correct the path").doesNotContain("reate the directory");
	}

	@Test
	void directoryThatIsNotWritable() {
		FailureAnalysis analysis = Analyses.of(new IllegalStateException(
				new DirectoryNotWritableException(new ManagedDirectory("data", this.directory))));
		assertThat(analysis.getDescription()).contains("'data'").contains("is not writable");
		assertThat(analysis.getAction()).contains("'atomicwrite.directories.data.path'");
	}

	@Test
	void directoryBelowTheSafetyPolicy() {
		this.runner = this.runner.withBean(MountedAs.class, () -> new MountedAs("jfs"));
		FailureAnalysis analysis = failure("atomicwrite.directories.data.path=" + this.directory);
		assertThat(analysis.getDescription().lines()).containsExactly(liesOn("jfs mounted at /"), LOSSY);
		assertThat(analysis.getAction()).isEqualTo("Set 'atomicwrite.directories.data.path' to a directory on another "
				+ "filesystem, or, if you accept the risk, relax 'atomicwrite.safety' (warn or best-effort).");
	}

	@Test
	@RequiresRoot
	void directoryOnARealTmpfsBelowItsOwnLevel() {
		try (Mounted mounted = Mounted.tmpfs(this.directory, "size=1m")) {
			FailureAnalysis analysis = failure("atomicwrite.directories.data.path=" + this.directory.resolve("a"),
					"atomicwrite.directories.data.require.crash-durability=best-effort");
			assertThat(analysis.getDescription().lines()).containsExactly(
					"The managed directory 'data' at " + this.directory.resolve("a") + " is on tmpfs mounted at "
							+ mounted.point() + ", which provides less than required:",
					IN_MEMORY);
			assertThat(analysis.getAction()).endsWith("relax 'atomicwrite.directories.data.require.crash-durability'.");
		}
	}

	@Test
	@RequiresRoot
	void directoryOnARealTmpfsBelowARequiredLevel() {
		try (Mounted mounted = Mounted.tmpfs(this.directory, "size=1m")) {
			FailureAnalysis analysis = failure("atomicwrite.directories.data.path=" + this.directory,
					"atomicwrite.safety=best-effort", "atomicwrite.require.crash-durability=best-effort");
			assertThat(analysis.getDescription().lines()).containsExactly(liesOn("tmpfs mounted at " + mounted.point()),
					IN_MEMORY);
			assertThat(analysis.getAction()).endsWith("relax 'atomicwrite.require.crash-durability'.");
		}
	}

	@Test
	void directoryBelowARequiredLevel() {
		this.runner = this.runner.withBean(MountedAs.class, () -> new MountedAs("overlay"));
		FailureAnalysis analysis = failure("atomicwrite.directories.data.path=" + this.directory,
				"atomicwrite.require.crash-durability=guaranteed");
		assertThat(analysis.getDescription().lines()).containsExactly(liesOn("overlay mounted at /"),
				"    - CRASH_DURABILITY must be GUARANTEED but is BEST_EFFORT (syncs reach the upper layer, but "
						+ "its filesystem is not visible from here, as in a container)");
		assertThat(analysis.getAction()).endsWith("relax 'atomicwrite.require.crash-durability'.");
	}

	@Test
	void directoryBelowARequiredLevelAndTheSafetyPolicy() {
		this.runner = this.runner.withBean(MountedAs.class, () -> new MountedAs("jfs"));
		assertThat(failure("atomicwrite.directories.data.path=" + this.directory,
				"atomicwrite.require.crash-durability=guaranteed")
			.getAction())
			.endsWith("relax 'atomicwrite.require.crash-durability' and 'atomicwrite.safety' (warn or best-effort).");
	}

	@Test
	void directoryWhereNoWriteIsPossible() {
		this.runner = this.runner.withBean(MountedAs.class, () -> new MountedAs("fuse.s3fs"));
		FailureAnalysis analysis = failure("atomicwrite.directories.data.path=" + this.directory,
				"atomicwrite.safety=best-effort");
		assertThat(analysis.getDescription().lines()).containsExactly(liesOn("fuse.s3fs mounted at /"),
				"    - writes need ATOMIC_WRITE, which it does not support");
		assertThat(analysis.getAction()).isEqualTo("Set 'atomicwrite.directories.data.path' to a directory on "
				+ "another filesystem; every safety policy requires it.");
	}

	@Test
	void directoryWithoutLocks() {
		this.runner = this.runner.withBean(FileOps.class, () -> new ForwardingFileOps(new MountedAs("ext4")) {
			@Override
			public Set<Capability> capabilities() {
				return EnumSet.complementOf(EnumSet.of(Capability.HOST_LOCK));
			}
		});
		FailureAnalysis analysis = failure("atomicwrite.directories.data.path=" + this.directory);
		assertThat(analysis.getDescription()).contains("writes need HOST_LOCK");
		assertThat(analysis.getAction())
			.endsWith("or, if no other process writes there, 'atomicwrite.lock.mode' to none.");
		this.runner
			.withPropertyValues("atomicwrite.directories.data.path=" + this.directory, "atomicwrite.lock.mode=none")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void exclusionThatIsRequiredOfWritesWithoutLocks() {
		FailureAnalysis analysis = failure("atomicwrite.directories.data.path=" + this.directory,
				"atomicwrite.lock.mode=none", "atomicwrite.require.writer-exclusion=best-effort");
		assertThat(analysis.getDescription()).contains("WRITER_EXCLUSION").contains("the write takes no lock");
		assertThat(analysis.getAction()).startsWith("Set 'atomicwrite.lock.mode' to wait or fail-fast, or, if")
			.contains("'atomicwrite.require.writer-exclusion'");
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
		assertThat(analysis.getDescription()).contains("atomicwrite.lock.timeout").contains("must not be negative");
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
			.contains("Choose another name");
	}

	@Test
	void directoryOfWhichOnlyOtherPropertiesAreSet() {
		FailureAnalysis analysis = failure("atomicwrite.directories.data.create=false");
		assertThat(analysis.getDescription()).contains("'data' needs a path");
		assertThat(analysis.getAction()).startsWith("Set 'atomicwrite.directories.data.path'");
	}

	@Test
	void directoryThatIsAskedForByAnotherName() {
		this.runner = this.runner.withBean(Path.class,
				() -> new ManagedDirectories(Map.of("settings", this.directory)).path("setings"));
		FailureAnalysis analysis = failure();
		assertThat(analysis.getDescription())
			.isEqualTo("There is no managed directory 'setings'. The managed directories are settings.");
		assertThat(analysis.getAction()).isEqualTo(
				"Set 'atomicwrite.directories.setings.path' to the path of a directory, or use one of these names.");
	}

	@Test
	void documentWithAValueThatCannotBe() {
		this.runner = this.runner.withUserConfiguration(OneDocument.class);
		FailureAnalysis analysis = failure("atomicwrite.documents.d.path=" + this.directory.resolve("d.json"),
				"atomicwrite.documents.d.quiet-period=-1s");
		assertThat(analysis.getDescription()).contains("atomicwrite.documents.d.quiet-period").contains("positive");
	}

	@Test
	void beanThatIsWantedWhileTheAutoConfigurationIsDisabled() {
		this.runner = this.runner.withUserConfiguration(WantsFiles.class);
		FailureAnalysis analysis = failure("atomicwrite.enabled=false");
		assertThat(analysis.getDescription()).contains("Parameter 0 of method wants in")
			.contains("io.atomicwrite.core.AtomicFileOperations")
			.contains("'atomicwrite.enabled' is false (\"atomicwrite.enabled\" from property source \"test\")");
		assertThat(analysis.getAction()).startsWith("Set 'atomicwrite.enabled' to true")
			.contains("ObjectProvider<AtomicFileOperations>");
	}

	@Test
	void otherBeansThatAreMissingAreNoneOfOurBusiness() {
		this.runner = this.runner.withUserConfiguration(WantsAnother.class);
		assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(() -> failure("atomicwrite.enabled=false"));
	}

	@Configuration(proxyBeanMethods = false)
	static class WantsFiles {

		@Bean
		String wants(AtomicFileOperations files) {
			return "";
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class WantsAnother {

		@Bean
		String wants(Thread thread) {
			return "";
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OneDocument {

		@Bean
		Object document(AtomicDocuments documents) {
			return documents.open("d", Object.class);
		}

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

	private String liesOn(String filesystem) {
		return "The managed directory 'data' at " + this.directory + " is on " + filesystem
				+ ", which provides less than required:";
	}

	private FailureAnalysis failure(String... properties) {
		return Analyses.ofStart(this.runner, properties);
	}

}
