package io.atomicwrite.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import io.atomicwrite.fs.FileOps;
import io.atomicwrite.test.Shell;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Real files, real events and real threads.
 */
@Timeout(60)
class FileWatcherTests {

	@TempDir
	private Path temp;

	private Path directory = Path.of("");

	private Path file = Path.of("");

	private FileWatcher watcher = FileWatcher.create(FileOps.system());

	@BeforeEach
	void resolve() throws IOException {
		this.directory = Files.createDirectory(this.temp.toRealPath().resolve("directory"));
		this.file = Files.writeString(this.directory.resolve("file"), "first");
	}

	@AfterEach
	void close() {
		this.watcher.close();
	}

	@Test
	void aRenameOverTheFileGivesAnEvent() throws IOException {
		WatchOptions noPolls = WatchOptions.defaults().withPollInterval(Duration.ofDays(1));
		try (Watched watched = new Watched(this.watcher, this.file, noPolls)) {
			assertThat(watched.next()).isEqualTo("first");
			for (String content : List.of("second", "third")) {
				Path next = Files.writeString(this.directory.resolve("next"), content);
				Files.move(next, this.file, StandardCopyOption.ATOMIC_MOVE);
				assertThat(watched.next()).isEqualTo(content);
			}
		}
	}

	@Test
	void aDirectoryThatIsRenamedAwayAndMadeAgainIsFollowed() throws IOException {
		try (Watched watched = new Watched(this.watcher, this.file, fast())) {
			assertThat(watched.next()).isEqualTo("first");
			Files.move(this.directory, this.temp.resolve("away"));
			Files.createDirectory(this.directory);
			Files.writeString(this.file, "second");
			assertThat(watched.next()).isEqualTo("second");
			Files.writeString(this.temp.resolve("away/file"), "elsewhere");
			Files.writeString(this.file, "third");
			assertThat(watched.next()).isEqualTo("third");
		}
	}

	@Test
	void aDirectoryThatIsDeletedAndMadeAgainIsFollowed() throws IOException {
		try (Watched watched = new Watched(this.watcher, this.file)) {
			assertThat(watched.next()).isEqualTo("first");
			Shell.run("rm", "-r", this.directory.toString());
			assertThat(watched.next()).isEqualTo("MISSING");
			Files.createDirectory(this.directory);
			Files.writeString(this.file, "second");
			assertThat(watched.next()).isEqualTo("second");
			Files.writeString(this.file, "third");
			assertThat(watched.next()).isEqualTo("third");
		}
	}

	@Test
	void aDirectoryLinkThatIsLedElsewhereIsFollowed() throws IOException {
		Path other = Files.createDirectory(this.directory.resolveSibling("other"));
		Files.writeString(other.resolve("file"), "second");
		Path link = Files.createSymbolicLink(this.directory.resolveSibling("link"), this.directory);
		try (Watched watched = new Watched(this.watcher, link.resolve("file"))) {
			assertThat(watched.next()).isEqualTo("first");
			Path next = Files.createSymbolicLink(link.resolveSibling("next"), other);
			Files.move(next, link, StandardCopyOption.ATOMIC_MOVE);
			assertThat(watched.next()).isEqualTo("second");
			Files.writeString(other.resolve("file"), "third");
			assertThat(watched.next()).isEqualTo("third");
		}
	}

	@Test
	void aFileWithTwoWaysToItsDirectoryIsFollowedOnBoth() throws IOException {
		Path link = Files.createSymbolicLink(this.directory.resolveSibling("link"), this.directory);
		try (Watched direct = new Watched(this.watcher, this.file);
				Watched linked = new Watched(this.watcher, link.resolve("file"))) {
			assertThat(direct.next()).isEqualTo("first");
			assertThat(linked.next()).isEqualTo("first");
			direct.close();
			Files.writeString(this.file, "second");
			assertThat(linked.next()).isEqualTo("second");
		}
	}

	@Test
	void thereAreNoThreadsBeforeTheFirstWatchAndNoneAfterTheEnd() {
		assertThat(threads()).isEmpty();
		new Watched(this.watcher, this.file).next();
		assertThat(threads()).extracting(Thread::getName)
			.containsExactlyInAnyOrder("atomicwrite-watch", "atomicwrite-watch-poll");
		assertThat(threads()).allMatch(Thread::isDaemon);
		this.watcher.close();
		assertThat(threads()).isEmpty();
		assertThat(inotifyInstances()).isZero();
	}

	@Test
	void aListenerMayCloseTheWatcher() throws IOException {
		CountDownLatch closed = new CountDownLatch(1);
		this.watcher.watch(this.file, WatchOptions.defaults(), (look) -> {
			this.watcher.close();
			closed.countDown();
		});
		await().until(() -> closed.getCount() == 0);
		await().until(() -> threads().isEmpty());
	}

	@Test
	void aListenerThatInterruptsOrThrowsEndsNothing() throws IOException {
		List<String> looks = new ArrayList<>();
		FileWatch watch = this.watcher.watch(this.file, WatchOptions.defaults(), (look) -> {
			Thread.currentThread().interrupt();
			synchronized (looks) {
				looks.add(WatchStage.text(look));
			}
			throw new StackOverflowError();
		});
		for (int i = 1; i <= 3; i++) {
			int expected = i;
			await().until(() -> watch.status().failedCalls() == expected);
			Files.writeString(this.file, "change " + i);
		}
		await().until(() -> watch.status().failedCalls() == 4);
		assertThat(looks).containsExactly("first", "change 1", "change 2", "change 3");
	}

	@Test
	void aPollingWatcherOpensNothing() throws IOException {
		WatchOptions poll = WatchOptions.defaults()
			.withMode(WatchMode.POLL)
			.withPollInterval(Duration.ofMillis(100))
			.withQuietPeriod(Duration.ofMillis(50));
		try (Watched watched = new Watched(this.watcher, this.file, poll)) {
			assertThat(watched.next()).isEqualTo("first");
			Files.writeString(this.file, "second");
			assertThat(watched.next()).isEqualTo("second");
			assertThat(inotifyInstances()).isZero();
		}
	}

	@Test
	void aRelativePathIsThatOfTheWorkingDirectory() throws IOException {
		Path relative = Path.of("").toAbsolutePath().relativize(this.file);
		try (Watched watched = new Watched(this.watcher, relative)) {
			assertThat(watched.next()).isEqualTo("first");
		}
	}

	private static WatchOptions fast() {
		return WatchOptions.defaults().withPollInterval(Duration.ofMillis(200));
	}

	static List<Thread> threads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().startsWith("atomicwrite-watch"))
			.toList();
	}

	static long inotifyInstances() {
		try (var descriptors = Files.list(Path.of("/proc/self/fd"))) {
			return descriptors.filter((descriptor) -> {
				try {
					return Files.readSymbolicLink(descriptor).toString().contains("inotify");
				}
				catch (IOException ex) {
					return false;
				}
			}).count();
		}
		catch (IOException ex) {
			throw new java.io.UncheckedIOException(ex);
		}
	}

}
