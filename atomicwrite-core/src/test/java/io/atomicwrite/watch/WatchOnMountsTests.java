package io.atomicwrite.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.atomicwrite.fs.FileOps;
import io.atomicwrite.test.ForkedJvm;
import io.atomicwrite.test.Mounted;
import io.atomicwrite.test.Mounts;
import io.atomicwrite.test.RequiresCommand;
import io.atomicwrite.test.RequiresRoot;
import io.atomicwrite.test.Shell;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Changes that give no event, and filesystems that do not answer.
 */
@Mounts
@RequiresRoot
@Timeout(120)
class WatchOnMountsTests {

	@TempDir
	private Path temp;

	private Path directory = Path.of("");

	private final FileWatcher watcher = FileWatcher.create(FileOps.system());

	@BeforeEach
	void resolve() throws IOException {
		this.directory = this.temp.toRealPath();
	}

	@AfterEach
	void close() {
		this.watcher.close();
	}

	@Test
	void anEditInTheLowerLayerOfAnOverlayIsSeenByThePollOfEachSecond() throws IOException {
		try (Mounted layers = Mounted.tmpfs(directory("layers"), "size=16m")) {
			Path lower = directory("layers/lower");
			Path file = Files.writeString(lower.resolve("file"), "first");
			try (Mounted overlay = Mounted.by(directory("merged"), "mount", "-t", "overlay", "overlay", "-o",
					"lowerdir=" + lower + ",upperdir=" + directory("layers/upper") + ",workdir="
							+ directory("layers/work"),
					this.directory.resolve("merged").toString());
					Watched watched = new Watched(this.watcher, overlay.point().resolve("file"))) {
				assertThat(watched.next()).isEqualTo("first");
				assertThat(watched.watch().status().pollInterval()).isEqualTo(Duration.ofSeconds(1));
				Files.writeString(file, "second");
				assertThat(watched.next()).isEqualTo("second");
			}
		}
	}

	@Test
	void anEditOfAFileThatIsMountedByItselfIsSeenByThePollOfEachSecond() throws IOException {
		Path source = Files.writeString(directory("host").resolve("file"), "first");
		Path point = Files.writeString(directory("container").resolve("file"), "");
		try (Mounted mounted = Mounted.bind(source, point); Watched watched = new Watched(this.watcher, point)) {
			assertThat(watched.next()).isEqualTo("first");
			assertThat(watched.watch().status().pollInterval()).isEqualTo(Duration.ofSeconds(1));
			Files.writeString(source, "second");
			assertThat(watched.next()).isEqualTo("second");
		}
	}

	@Test
	void aFilesystemThatIsMountedOverTheDirectoryIsSeen() throws IOException {
		Path file = Files.writeString(directory("data").resolve("file"), "first");
		WatchOptions options = WatchOptions.defaults().withPollInterval(Duration.ofSeconds(1));
		try (Watched watched = new Watched(this.watcher, file, options)) {
			assertThat(watched.next()).isEqualTo("first");
			try (Mounted mounted = Mounted.tmpfs(file.getParent(), "size=1m")) {
				Files.writeString(file, "second");
				assertThat(watched.next()).isEqualTo("second");
				Files.writeString(file, "third");
				assertThat(watched.next()).isEqualTo("third");
			}
			assertThat(watched.next()).isEqualTo("first");
		}
	}

	@Test
	@RequiresCommand("bindfs")
	void aFuseFilesystemThatStopsHoldsUpNoOtherFile() throws Exception {
		Path source = directory("source");
		for (int i = 0; i < 20; i++) {
			Files.writeString(source.resolve("file" + i), "first");
		}
		Path other = Files.writeString(this.directory.resolve("other"), "first");
		Process server = new ProcessBuilder("bindfs", "-f", source.toString(), directory("fuse").toString()).start();
		Path point = this.directory.resolve("fuse");
		await().until(() -> FileOps.system().isMountPoint(point));
		List<Watched> silent = java.util.stream.IntStream.range(0, 20)
			.mapToObj((i) -> new Watched(this.watcher, point.resolve("file" + i)))
			.toList();
		try (Watched watched = new Watched(this.watcher, other)) {
			silent.forEach((each) -> assertThat(each.next()).isEqualTo("first"));
			assertThat(watched.next()).isEqualTo("first");
			Shell.run("kill", "-STOP", Long.toString(server.pid()));
			await().atMost(Duration.ofSeconds(30))
				.untilAsserted(() -> assertThat(silent)
					.anySatisfy((each) -> assertThat(each.watch().status().reason().orElse(""))
						.contains("the filesystem at " + point + " does not answer")));
			Files.writeString(other, "second");
			assertThat(watched.next()).isEqualTo("second");
			assertThat(FileWatcherTests.threads()).hasSize(3);
			Shell.run("kill", "-CONT", Long.toString(server.pid()));
			Files.writeString(source.resolve("file7"), "second");
			assertThat(silent.get(7).next()).isEqualTo("second");
			await().until(() -> FileWatcherTests.threads().size() == 2);
		}
		finally {
			Shell.run("kill", "-CONT", Long.toString(server.pid()));
			silent.forEach(Watched::close);
			Shell.run("umount", "-l", point.toString());
			server.waitFor(30, TimeUnit.SECONDS);
		}
	}

	@Test
	void aUserWithoutInstancesOfInotifyPollsAndItsStatusNamesTheReason() throws IOException {
		Path file = Files.writeString(this.directory.resolve("file"), "first");
		String limit = "echo 0 > /proc/sys/user/max_inotify_instances && exec \"$@\"";
		try (ForkedJvm peer = ForkedJvm.start(List.of("unshare", "-r", "sh", "-c", limit, "sh"), ForkedJvm.classPath(),
				WatchPeer.class, file.toString())) {
			assertThat(peer.answer()).isEqualTo("first");
			assertThat(peer.ask("status")).contains("events=false")
				.contains("pollInterval=PT1S")
				.contains("User limit of inotify instances reached or too many open files");
			Files.writeString(file, "second");
			assertThat(peer.answer()).isEqualTo("second");
		}
	}

	@Test
	void aUserWithoutWatchesOfInotifyPollsAndItsStatusNamesTheReason() throws IOException {
		Path file = Files.writeString(this.directory.resolve("file"), "first");
		String limit = "echo 0 > /proc/sys/user/max_inotify_watches && exec \"$@\"";
		try (ForkedJvm peer = ForkedJvm.start(List.of("unshare", "-r", "sh", "-c", limit, "sh"), ForkedJvm.classPath(),
				WatchPeer.class, file.toString())) {
			assertThat(peer.answer()).isEqualTo("first");
			assertThat(peer.ask("status")).contains("events=false")
				.contains("pollInterval=PT1S")
				.contains("User limit of inotify watches reached");
			Files.writeString(file, "second");
			assertThat(peer.answer()).isEqualTo("second");
		}
	}

	private Path directory(String name) throws IOException {
		return Files.createDirectories(this.directory.resolve(name));
	}

}
