package io.atomicwrite.spring.mounted;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.atomicwrite.IoErrorKind;
import io.atomicwrite.AtomicWriteException;
import io.atomicwrite.TargetRejectedException;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.spring.actuate.endpoint.AtomicWriteEndpoint;
import io.atomicwrite.spring.context.RunningApplication;
import io.atomicwrite.spring.directory.DirectoryNotMountedException;
import io.atomicwrite.spring.directory.DirectoryUnavailableException;
import io.atomicwrite.spring.directory.ManagedMounts;
import io.atomicwrite.test.Mounts;
import io.atomicwrite.test.RequiresCommand;
import io.atomicwrite.test.RequiresRoot;
import io.atomicwrite.test.Shell;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/**
 * A managed directory is on the filesystem on which it was at the start, or is not
 * written.
 */
@Mounts
@RequiresRoot
@RequiresCommand({ "mkfs.ext4", "bindfs", "fusermount3" })
@ExtendWith(OutputCaptureExtension.class)
class MovedMountTests {

	private static final String[] QUIET = { "atomicwrite.housekeeping.enabled=false",
			"management.health.atomicwrite.cache.time-to-live=0s" };

	@TempDir
	private Path temp;

	private Path point;

	private Path data;

	private final List<Path> mounted = new ArrayList<>();

	@BeforeEach
	void mountPoint() throws Exception {
		this.point = Files.createDirectory(this.temp.toRealPath().resolve("mnt"));
		this.data = this.point.resolve("data");
	}

	@AfterEach
	void unmountAll() {
		for (int i = this.mounted.size() - 1; i >= 0; i--) {
			Shell.run("sh", "-c", "umount -l " + this.mounted.get(i) + " 2>/dev/null || true");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "umount", "umount -l" })
	void theNextWriteDoesNotLandBelowTheEmptyMountPoint(String unmount, CapturedOutput log) throws Exception {
		Path image = image("disk");
		mount(image);
		try (RunningApplication application = start()) {
			write(application);
			unmount(unmount);
			// as an installation does that was there before the mount
			Files.createDirectories(this.data);

			assertRefused(application);
			assertRefused(application);
			assertThat(this.data).isEmptyDirectory();
			assertThat(status(application)).isEqualTo("OUT_OF_SERVICE");
			assertThat(application.get("/actuator/health").body()).contains("displaced").contains("was on ext4");
			assertThat(application.json("/actuator/atomicwrite").at("/directories/data/path").asString())
				.isEqualTo(this.data.toString());

			mount(image);
			write(application);
			assertThat(status(application)).isEqualTo("UP");
		}
		assertThat(log.getOut().lines().filter((line) -> line.contains("writes to it are refused"))).hasSize(1);
		assertThat(log).contains("(" + this.data + ") is back");
	}

	@Test
	void noWriteCreatesItAgain() throws Exception {
		mount(image("disk"));
		try (RunningApplication application = start()) {
			write(application);
			unmount("umount");
			assertRefused(application);
			assertThat(this.point).isEmptyDirectory();
			Files.delete(this.point);
			assertRefused(application);
			assertThat(this.point).doesNotExist();
			assertThat(application.get("/actuator/health").statusCode()).isEqualTo(503);
		}
	}

	@Test
	void noWriteCreatesItAgainUnderAnyPolicy() throws Exception {
		mount(image("disk"));
		try (RunningApplication application = start("atomicwrite.safety=best-effort")) {
			write(application);
			unmount("umount");
			assertRefused(application);
			assertThat(this.point).isEmptyDirectory();
			Files.createDirectories(this.data);
			write(application);
			assertThat(status(application)).isEqualTo("OUT_OF_SERVICE");
		}
	}

	@Test
	void anotherFilesystemAtItsPlaceOrMountedOverIt() throws Exception {
		Path image = image("disk");
		Path other = image("other");
		mount(other);
		Files.createDirectories(this.data);
		unmount("umount");
		mount(image);
		try (RunningApplication application = start()) {
			write(application);
			mount(other);
			assertRefused(application);
			Path orphan = Files.createFile(this.data.resolve(".a.0123456789abcdef.tmp"));
			Files.setLastModifiedTime(orphan, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
			assertThat(
					application.context().getBean(AtomicWriteEndpoint.class).sweep(SecurityContext.NONE, "data", false))
				.satisfies((report) -> assertThat(report.complete()).as(report.toString()).isFalse());
			assertThat(orphan).exists();
			Files.delete(orphan);
			unmount("umount");
			write(application);
			// it gets the device and, as its root or first directory, the inode of the
			// first
			unmount("umount");
			mount(other);
			assertRefused(application);
			assertThat(this.data).isEmptyDirectory();

			application.context().getBean(ManagedMounts.class).confirm("data");
			write(application);
			assertThat(status(application)).isEqualTo("UP");
		}
	}

	@Test
	void remountingAndBindMountsAreNoChange(CapturedOutput log) throws Exception {
		Path image = image("disk");
		mount(image);
		try (RunningApplication application = start()) {
			write(application);
			Shell.run("mount", "-o", "remount,noatime", this.point.toString());
			write(application);
			for (int i = 0; i < 3; i++) {
				unmount("umount");
				mount(image);
				write(application);
			}
			Shell.run("mount", "--bind", this.data.toString(), this.data.toString());
			this.mounted.add(this.data);
			write(application);
			assertThat(status(application)).isEqualTo("UP");
		}
		assertThat(log).doesNotContain("refused");
	}

	@Test
	void aDirectoryThatIsReplacedOnItsFilesystemIsNoChange() throws Exception {
		mount(image("disk"));
		try (RunningApplication application = start()) {
			write(application);
			Files.move(this.data, this.point.resolve("old"));
			assertRefused(application);
			Files.createDirectory(this.data);
			write(application);
			assertThat(status(application)).isEqualTo("UP");
		}
	}

	@Test
	void theParentOfTheMountPointIsReplaced() throws Exception {
		Path parent = Files.createDirectory(this.temp.toRealPath().resolve("parent"));
		this.point = Files.createDirectory(parent.resolve("mnt"));
		this.data = this.point.resolve("data");
		mount(image("disk"));
		try (RunningApplication application = start()) {
			write(application);
			Path moved = parent.resolveSibling("moved");
			Files.move(parent, moved);
			this.mounted.add(moved.resolve("mnt"));
			Files.createDirectories(this.data);
			assertRefused(application);
			assertThat(this.data).isEmptyDirectory();
		}
	}

	@Test
	void aTmpfsThatIsMountedAnewIsAnother() throws Exception {
		tmpfs();
		try (RunningApplication application = start("atomicwrite.safety=warn")) {
			write(application);
			assertThat(status(application)).isEqualTo("UP");
			unmount("umount");
			tmpfs();
			Files.createDirectories(this.data);
			assertThat(status(application)).isEqualTo("OUT_OF_SERVICE");
		}
	}

	@Test
	void aDirectoryThatRequiresAMount() throws Exception {
		String required = "atomicwrite.directories.data.require-mount=true";
		// where the temporary directory is a mount of its own, the directory is one for
		// all the rule can know
		Path root = Path.of("/atomicwrite-" + ProcessHandle.current().pid());
		try {
			assertThatThrownBy(() -> RunningApplication.start(List.of(), required,
					"atomicwrite.directories.data.path=" + root.resolve("data")))
				.hasRootCauseInstanceOf(DirectoryNotMountedException.class);
			assertThat(root).doesNotExist();
			this.point = Files.createDirectory(root);
			this.data = root.resolve("data");
			mount(image("disk"));
			try (RunningApplication application = start(required, "atomicwrite.safety=best-effort")) {
				write(application);
				unmount("umount");
				Files.createDirectories(this.data);
				assertRefused(application);
				assertThat(this.data).isEmptyDirectory();
			}
			try (RunningApplication application = start(required, "atomicwrite.startup-check=off")) {
				assertRefused(application);
				assertThat(this.data).isEmptyDirectory();
			}
		}
		finally {
			unmountAll();
			Shell.run("rm", "-rf", "--one-file-system", root.toString());
		}
	}

	@Test
	void aDirectoryThatIsNotCreated() throws Exception {
		String[] properties = { "atomicwrite.directories.data.create=false",
				"atomicwrite.directories.data.path=" + this.data };
		assertThatThrownBy(() -> RunningApplication.start(List.of(), properties))
			.hasStackTraceContaining(DirectoryUnavailableException.class.getName())
			.hasStackTraceContaining("No such file or directory");
		assertThat(this.data).doesNotExist();
		try (RunningApplication application = start("atomicwrite.directories.data.create=false",
				"atomicwrite.startup-check=off")) {
			assertRefused(application);
			assertThat(this.data).doesNotExist();
		}
	}

	@Test
	void aDaemonThatIsKilledIsNoMissingDirectory() throws Exception {
		Path source = Files.createDirectories(this.temp.resolve("source/data")).getParent();
		Process daemon = new ProcessBuilder("bindfs", "-f", "-o", "attr_timeout=0,entry_timeout=0", source.toString(),
				this.point.toString())
			.start();
		this.mounted.add(this.point);
		await().atMost(Duration.ofSeconds(20))
			.until(() -> Files.readString(Path.of("/proc/self/mountinfo")).contains(" " + this.point + " "));
		try (RunningApplication application = start("atomicwrite.safety=warn")) {
			write(application);
			daemon.destroyForcibly().waitFor();
			assertThatExceptionOfType(AtomicWriteException.class).isThrownBy(() -> write(application))
				.satisfies((ex) -> assertThat(ex.problem().error()).contains(IoErrorKind.UNREACHABLE));
			AtomicFileTemplate template = application.context().getBean(AtomicFileTemplate.class);
			assertThatExceptionOfType(AtomicWriteException.class)
				.isThrownBy(() -> template.exists(this.data.resolve("a")))
				.withMessageContaining("Transport endpoint is not connected");
			assertThat(status(application)).isEqualTo("DOWN");
			assertThat(application.get("/actuator/health").body()).contains("Transport endpoint is not connected");
		}
		assertThatThrownBy(() -> start("atomicwrite.safety=warn"))
			.hasStackTraceContaining("Transport endpoint is not connected")
			.hasStackTraceContaining(DirectoryUnavailableException.class.getName());
	}

	private RunningApplication start(String... properties) {
		List<String> all = new ArrayList<>(List.of(properties));
		all.add("atomicwrite.directories.data.path=" + this.data);
		all.addAll(List.of(QUIET));
		return RunningApplication.start(List.of(), all.toArray(String[]::new));
	}

	private void write(RunningApplication application) {
		application.context().getBean(AtomicFileTemplate.class).writeString(this.data.resolve("a"), "content");
		assertThat(this.data.resolve("a")).hasContent("content");
	}

	private void assertRefused(RunningApplication application) {
		AtomicFileTemplate template = application.context().getBean(AtomicFileTemplate.class);
		assertThatExceptionOfType(TargetRejectedException.class)
			.isThrownBy(() -> template.writeString(this.data.resolve("b"), "lost"))
			.satisfies((ex) -> assertThat(ex.reason()).isEqualTo(TargetRejectedException.Reason.DISPLACED));
		assertThatExceptionOfType(TargetRejectedException.class)
			.isThrownBy(() -> template.writeString(this.data.resolve("sub/b"), "lost"));
	}

	private static String status(RunningApplication application) throws Exception {
		String body = application.get("/actuator/health/atomicwrite").body();
		return body.replaceFirst(".*?\"status\":\"(\\w+)\".*", "$1");
	}

	private Path image(String name) {
		Path image = this.temp.resolve(name + ".img");
		Shell.run("truncate", "-s", "16M", image.toString());
		Shell.run("mkfs.ext4", "-q", image.toString());
		return image;
	}

	private void mount(Path image) {
		Shell.run("mount", "-o", "loop", image.toString(), this.point.toString());
		this.mounted.add(this.point);
	}

	private void tmpfs() {
		Shell.run("mount", "-t", "tmpfs", "tmpfs", this.point.toString());
		this.mounted.add(this.point);
	}

	private void unmount(String command) {
		Shell.run("sh", "-c", command + " " + this.point);
	}

}
