package io.atomicwrite.spring.autoconfigure;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.ForwardingFileOps;
import io.atomicwrite.fs.LockFile;
import io.atomicwrite.fs.Mount;
import io.atomicwrite.spring.MountedAs;
import io.atomicwrite.test.DirectoryContent;
import io.atomicwrite.test.Mounted;
import io.atomicwrite.test.PretendedMount;
import io.atomicwrite.test.RequiresRoot;
import io.atomicwrite.test.TriedLockFile;
import io.atomicwrite.test.fault.RecordingFileOps;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@code atomicwrite.startup-check=probe} does with directories that work, and with
 * those that lie.
 */
@ExtendWith(OutputCaptureExtension.class)
class StartupProbeTests {

	private static final String ACTION = "Follow the advice above, or set 'atomicwrite.directories.data.path' to "
			+ "another directory. If you accept that writes there may lose or tear files, set "
			+ "'atomicwrite.startup-check=inspect' to start without the probe.";

	@TempDir
	private Path directory;

	private ApplicationContextRunner runner;

	@BeforeEach
	void createRunner() {
		this.runner = new ApplicationContextRunner().withPropertyValues("atomicwrite.housekeeping.enabled=false")
			.withConfiguration(AutoConfigurations.of(AtomicWriteAutoConfiguration.class))
			.withPropertyValues("atomicwrite.startup-check=probe",
					"atomicwrite.directories.data.path=" + this.directory);
	}

	@Test
	void aRealDirectoryPassesAndKeepsNoFile() {
		RecordingFileOps files = new RecordingFileOps(FileOps.system());
		with(files).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(files.changes()).isNotEmpty();
			assertThat(DirectoryContent.of(this.directory)).isEmpty();
		});
	}

	@Test
	void aMissingDirectoryIsCreatedAndProbed() {
		Path missing = this.directory.resolve("a/b");
		this.runner.withPropertyValues("atomicwrite.directories.data.path=" + missing).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(DirectoryContent.of(this.directory)).containsExactly("a", "a/b");
		});
	}

	@Test
	void aLockThatExcludesNobodyIsExplained() {
		FailureAnalysis analysis = Analyses.ofStart(with(unlocked()));
		assertThat(analysis.getDescription().lines()).containsExactly(
				"The managed directory 'data' at " + this.directory
						+ " is on ext4 mounted at /, which failed the startup probe:",
				"    - lock-second-process: a second process acquired a lock that was held; choose a directory "
						+ "on a filesystem with working record locks, or let only one process write there");
		assertThat(analysis.getAction()).isEqualTo(ACTION);
		assertThat(DirectoryContent.of(this.directory)).isEmpty();
	}

	@Test
	void everyFailureIsExplained() {
		FailureAnalysis analysis = Analyses.ofStart(with(faulty()));
		assertThat(analysis.getDescription().lines()).containsExactly(
				"The managed directory 'data' at " + this.directory
						+ " is on ext4 mounted at /, which failed the startup probe:",
				"    - replace: after the rename the target does not have the new content; "
						+ "choose a directory on another filesystem",
				"    - checksum-round-trip: the content or checksum that was read differs from what was "
						+ "written; check the disk and the memory of this machine");
		assertThat(analysis.getAction()).isEqualTo(ACTION);
		assertThat(DirectoryContent.of(this.directory)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "inspect", "off", "false" })
	void withoutAProbeNothingIsTried(String check) {
		RecordingFileOps files = new RecordingFileOps(faulty());
		with(files).withPropertyValues("atomicwrite.startup-check=" + check).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(files.changes()).isEmpty();
		});
	}

	@Test
	void withoutManagedDirectoriesNothingIsTried() {
		RecordingFileOps files = new RecordingFileOps(faulty());
		new ApplicationContextRunner().withPropertyValues("atomicwrite.housekeeping.enabled=false")
			.withConfiguration(AutoConfigurations.of(AtomicWriteAutoConfiguration.class))
			.withBean(FileOps.class, () -> files)
			.withPropertyValues("atomicwrite.startup-check=probe")
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(files.changes()).isEmpty();
			});
	}

	@Test
	void theOperationsOfTheApplicationsOwnTemplateAreTried() {
		this.runner
			.withBean(AtomicFileTemplate.class,
					() -> AtomicFileTemplate.builder().files(new PretendedMount(unlocked(), "ext4")).build())
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("a second process acquired a lock that was held"));
	}

	@Test
	void aLockThatNobodyTakesMayFail(CapturedOutput output) {
		with(unlocked()).withPropertyValues("atomicwrite.lock.mode=none")
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(warnings(output)).singleElement()
			.asString()
			.contains("Managed directory 'data' (" + this.directory + ") on ext4 was probed with warnings")
			.contains("lock-second-process");
	}

	@Test
	void warningsAreLoggedInOneLineForTheDirectory(CapturedOutput output) {
		with(new ForwardingFileOps(FileOps.system()) {
			@Override
			public void setMode(Path file, int mode) {
			}

			@Override
			public void setUserAttribute(Path file, String name, byte[] value) {
			}
		}).run((context) -> assertThat(context).hasNotFailed());
		assertThat(warnings(output)).singleElement().asString().contains("file-mode").contains("user-attributes");
	}

	@Test
	void levelsThatTheSafetyPolicyAcceptsAreNoWarningsOfTheProbe(CapturedOutput output) {
		this.runner.withBean(MountedAs.class, () -> new MountedAs("tmpfs"))
			.withPropertyValues("atomicwrite.safety=best-effort")
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(warnings(output)).noneMatch((line) -> line.contains("CRASH_DURABILITY"));
	}

	@Test
	void checksWithoutAnAnswerAreLogged(CapturedOutput output) {
		this.runner.withBean(MountedAs.class, () -> new MountedAs("fuse.newest"))
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(output.getOut().lines()).filteredOn((line) -> line.contains("was probed, except for"))
			.singleElement()
			.asString()
			.contains("INFO", "directory-sync");
	}

	@Test
	void aDirectoryBelowItsLevelIsNotProbed() {
		RecordingFileOps files = new RecordingFileOps(new MountedAs("jfs"));
		FailureAnalysis analysis = Analyses.ofStart(this.runner.withBean(FileOps.class, () -> files));
		assertThat(analysis.getDescription()).contains("CRASH_DURABILITY must be BEST_EFFORT but is NON_TARGET");
		assertThat(files.changes()).isEmpty();
	}

	@Test
	void aDirectoryThatCanNotBeLookedAtIsExplained() {
		AtomicInteger asked = new AtomicInteger();
		FailureAnalysis analysis = Analyses
			.ofStart(this.runner.withBean(FileOps.class, () -> new ForwardingFileOps(FileOps.system()) {
				@Override
				public Mount mount(Path canonical) throws IOException {
					if (asked.getAndIncrement() > 0) {
						throw new FileSystemException(canonical.toString(), null, "Stale file handle");
					}
					return new Mount(canonical.getRoot(), "ext4", "device", List.of("rw"));
				}
			}));
		assertThat(analysis.getDescription()).contains("'data'", this.directory.toString(), "Stale file handle");
	}

	@Test
	@RequiresRoot
	void aDirectoryThatIsMountedReadOnlyIsExplained() {
		try (Mounted mounted = Mounted.tmpfs(this.directory, "size=1m,ro")) {
			FailureAnalysis analysis = Analyses
				.ofStart(this.runner.withPropertyValues("atomicwrite.safety=best-effort"));
			assertThat(analysis.getDescription()).contains(mounted.point().toString(), "is not writable");
			assertThat(analysis.getAction()).contains("mount its filesystem read-write");
		}
	}

	@Test
	@RequiresRoot
	void aRealTmpfsPassesWhereItsLevelIsAccepted() {
		try (Mounted mounted = Mounted.tmpfs(this.directory, "size=1m")) {
			this.runner.run((context) -> assertThat(context).hasNotFailed());
			this.runner.withPropertyValues("atomicwrite.safety=best-effort").run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(DirectoryContent.of(mounted.point())).isEmpty();
			});
		}
	}

	private ApplicationContextRunner with(FileOps files) {
		return this.runner.withBean(FileOps.class, () -> new PretendedMount(files, "ext4"));
	}

	private static List<String> warnings(CapturedOutput output) {
		return output.getAll().lines().filter((line) -> line.contains(" WARN ")).toList();
	}

	/** Locks exclude nobody. */
	private static FileOps unlocked() {
		return new ForwardingFileOps(FileOps.system()) {
			@Override
			public LockFile openLockFile(Path file, int mode, boolean create) throws IOException {
				return new TriedLockFile(super.openLockFile(file, mode, create), () -> true);
			}
		};
	}

	/** A rename keeps the old content, and a bit flips on the way back from the disk. */
	private static FileOps faulty() {
		return new ForwardingFileOps(FileOps.system()) {
			@Override
			public void rename(Path source, Path target) throws IOException {
				if (source.toString().endsWith(".staging")) {
					delete(source);
				}
				else {
					super.rename(source, target);
				}
			}

			@Override
			public InputStream openRead(Path file) throws IOException {
				byte[] content = Files.readAllBytes(file);
				if (file.toString().endsWith(".checksum")) {
					content[content.length / 2] ^= 1;
				}
				return new ByteArrayInputStream(content);
			}
		};
	}

}
