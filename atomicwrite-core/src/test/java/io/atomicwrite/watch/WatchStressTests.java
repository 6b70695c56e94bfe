package io.atomicwrite.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.atomicwrite.fs.FileOps;
import io.atomicwrite.test.Stresses;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Many files, many changes, and how long they take.
 */
@Stresses
@Timeout(180)
class WatchStressTests {

	private static final WatchOptions QUICK = WatchOptions.defaults().withQuietPeriod(Duration.ofMillis(10));

	private static final Duration PATIENCE = Duration.ofSeconds(60);

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
	void aForeignEditIsReportedWithinTheQuietPeriodAndATenthOfASecond() throws IOException {
		Path file = Files.writeString(this.directory.resolve("file"), "0");
		AtomicLong reported = new AtomicLong();
		AtomicInteger calls = new AtomicInteger();
		this.watcher.watch(file, WatchOptions.defaults(), (look) -> {
			reported.set(System.nanoTime());
			calls.incrementAndGet();
		});
		await().until(() -> calls.get() == 1);
		List<Long> millis = new ArrayList<>();
		for (int i = 1; i <= 41; i++) {
			Path next = Files.writeString(this.directory.resolve("next"), "content " + i);
			long began = System.nanoTime();
			Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
			int expected = i + 1;
			await().pollInterval(Duration.ofMillis(5)).until(() -> calls.get() == expected);
			millis.add((reported.get() - began) / 1_000_000);
		}
		millis.sort(null);
		System.out.println("watch: ms from the rename to the report: min " + millis.get(0) + ", median "
				+ millis.get(20) + ", max " + millis.get(40));
		assertThat(millis.get(0)).as("not before the quiet period is over").isGreaterThanOrEqualTo(250);
		assertThat(millis.get(20)).as("median").isLessThanOrEqualTo(350);
	}

	@Test
	void aThousandFilesInAHundredDirectoriesTakeTwoThreadsAndOneInstance() throws IOException {
		AtomicInteger calls = new AtomicInteger();
		List<Path> files = new ArrayList<>();
		for (int i = 0; i < 1000; i++) {
			Path parent = Files.createDirectories(this.directory.resolve("d" + i % 100));
			files.add(Files.writeString(parent.resolve("file" + i), "first"));
			this.watcher.watch(files.get(i), QUICK, (look) -> calls.incrementAndGet());
		}
		await().atMost(PATIENCE).until(() -> calls.get() == 1000);
		for (Path file : files) {
			Files.writeString(file, "second");
		}
		await().atMost(PATIENCE).until(() -> calls.get() >= 2000);
		assertThat(FileWatcherTests.threads()).extracting(Thread::getName)
			.containsExactlyInAnyOrder("atomicwrite-watch", "atomicwrite-watch-poll");
		assertThat(FileWatcherTests.inotifyInstances()).isEqualTo(1);
		assertThat(inotifyWatches()).isEqualTo(100);
	}

	@Test
	void tenThousandReloadsLeakNothing() throws IOException {
		int files = 100;
		List<Watched> watched = new ArrayList<>();
		for (int i = 0; i < files; i++) {
			Path parent = Files.createDirectories(this.directory.resolve("d" + i % 10));
			watched.add(new Watched(this.watcher, Files.writeString(parent.resolve("file" + i), "0"), QUICK));
		}
		watched.forEach((each) -> each.until("0"));
		long descriptors = descriptors();
		for (int round = 1; round <= 100; round++) {
			for (int i = 0; i < files; i++) {
				Path file = this.directory.resolve("d" + i % 10).resolve("file" + i);
				if (round % 2 == 0) {
					Files.writeString(file, "" + round);
				}
				else {
					Path next = Files.writeString(file.resolveSibling("next" + i), "" + round);
					Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
				}
			}
			String expected = "" + round;
			watched.forEach((each) -> assertThat(each.until(expected)).isEmpty());
		}
		assertThat(descriptors()).isLessThanOrEqualTo(descriptors + 2);
		assertThat(FileWatcherTests.threads()).hasSize(2);
		assertThat(inotifyWatches()).isEqualTo(10);
		assertThat(registrations()).isEqualTo(10);
		await().until(() -> this.watcher.schedule().size() == files);
	}

	@Test
	void tenThousandWatchesAndTheirEndsLeakNothing() throws IOException {
		Path file = Files.writeString(this.directory.resolve("file"), "0");
		new Watched(this.watcher, file, QUICK).close();
		for (int i = 0; i < 10_000; i++) {
			Path parent = (i % 10 == 0) ? Files.createDirectory(this.directory.resolve("d" + i)) : this.directory;
			FileWatch watch = this.watcher.watch(parent.resolve("file"), QUICK, (look) -> {
			});
			if (i % 100 == 0) {
				await().until(() -> watch.status().events());
			}
			watch.close();
		}
		await().atMost(PATIENCE).until(() -> this.watcher.schedule().size() == 0 && registrations() == 0);
		await().until(() -> inotifyWatches() == 0);
		assertThat(FileWatcherTests.threads()).hasSize(2);
		assertThat(FileWatcherTests.inotifyInstances()).isEqualTo(1);
	}

	@Test
	void aHundredSwapsOfAConfigMapAreAHundredReports() throws IOException {
		Path first = Files.createDirectory(this.directory.resolve("..v0"));
		Files.writeString(first.resolve("file"), "version 0");
		Path data = Files.createSymbolicLink(this.directory.resolve("..data"), Path.of("..v0"));
		Path file = Files.createSymbolicLink(this.directory.resolve("file"), Path.of("..data/file"));
		try (Watched watched = new Watched(this.watcher, file, QUICK)) {
			assertThat(watched.next()).isEqualTo("version 0");
			for (int i = 1; i <= 100; i++) {
				Path version = Files.createDirectory(this.directory.resolve("..v" + i));
				Files.writeString(version.resolve("file"), "version " + i);
				Path link = Files.createSymbolicLink(this.directory.resolve("..data_tmp"), version.getFileName());
				Files.move(link, data, StandardCopyOption.ATOMIC_MOVE);
				Path old = this.directory.resolve("..v" + (i - 1));
				Files.delete(old.resolve("file"));
				Files.delete(old);
				assertThat(watched.until("version " + i)).isEmpty();
			}
			assertThat(inotifyWatches()).isEqualTo(2);
			assertThat(registrations()).isEqualTo(2);
		}
	}

	@Test
	void aChangeAmongMoreEventsThanTheSystemKeepsIsReported() throws IOException {
		Path file = Files.writeString(this.directory.resolve("file"), "first");
		WatchOptions noPolls = WatchOptions.defaults().withPollInterval(Duration.ofDays(1));
		try (Watched watched = new Watched(this.watcher, file, noPolls)) {
			assertThat(watched.next()).isEqualTo("first");
			for (int round = 0; round < 5; round++) {
				for (int i = 0; i < 20_000; i++) {
					if (i == 10_000) {
						Files.writeString(file, "change " + round);
					}
					Files.deleteIfExists(this.directory.resolve("other" + (i - 1)));
					Files.writeString(this.directory.resolve("other" + i), "");
				}
				watched.until("change " + round);
			}
		}
	}

	@Test
	void aWriterThatPausesForLessThanTheQuietPeriodIsReportedOnce() throws Exception {
		Path file = Files.writeString(this.directory.resolve("file"), "first");
		try (Watched watched = new Watched(this.watcher, file)) {
			assertThat(watched.next()).isEqualTo("first");
			Files.writeString(file, "");
			for (int i = 0; i < 40; i++) {
				Files.writeString(file, "line " + i + "\n", StandardOpenOption.APPEND);
				Thread.sleep(100);
			}
			assertThat(watched.next()).hasLineCount(40).endsWith("line 39\n");
		}
	}

	@Test
	void ownWritesAreNeverReportedAndForeignOnesAlways() throws Exception {
		Path file = Files.writeString(this.directory.resolve("file"), "first");
		try (Watched watched = new Watched(this.watcher, file, QUICK)) {
			assertThat(watched.next()).isEqualTo("first");
			for (int i = 0; i < 500; i++) {
				String own = "own " + i;
				try (FileWatch.Hold hold = watched.watch().hold()) {
					Path next = Files.writeString(this.directory.resolve("next"), own);
					Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
					watched.watch().seen(own.getBytes(UTF_8));
				}
				Thread.sleep(i % 30);
				if (i % 50 == 49) {
					Files.writeString(file, "foreign");
					assertThat(watched.next()).isEqualTo("foreign");
				}
			}
			assertThat(watched.within(Duration.ofMillis(500))).isNull();
		}
	}

	private int registrations() {
		Registrations registrations = this.watcher.feed().current();
		return (registrations != null) ? registrations.size() : 0;
	}

	private static long descriptors() throws IOException {
		try (var all = Files.list(Path.of("/proc/self/fd"))) {
			return all.count();
		}
	}

	private static long inotifyWatches() throws IOException {
		long watches = 0;
		try (var all = Files.list(Path.of("/proc/self/fdinfo"))) {
			for (Path info : all.toList()) {
				try {
					watches += Files.readAllLines(info).stream().filter((line) -> line.startsWith("inotify ")).count();
				}
				catch (IOException ex) {
					// closed meanwhile
				}
			}
		}
		return watches;
	}

}
