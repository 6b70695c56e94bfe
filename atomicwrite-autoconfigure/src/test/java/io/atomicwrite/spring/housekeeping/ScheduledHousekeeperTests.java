package io.atomicwrite.spring.housekeeping;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

import ch.qos.logback.classic.Level;
import io.atomicwrite.artifact.ArtifactKind;
import io.atomicwrite.checksum.Checksum;
import io.atomicwrite.checksum.ChecksumAlgorithm;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.StagedWrite;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.ForwardingFileOps;
import io.atomicwrite.lock.LockLease;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.lock.LockRequest;
import io.atomicwrite.maintenance.Housekeeper;
import io.atomicwrite.maintenance.SweepListener;
import io.atomicwrite.spring.MountedAs;
import io.atomicwrite.spring.autoconfigure.AtomicWriteAutoConfiguration;
import io.atomicwrite.spring.directory.DirectoryLooks;
import io.atomicwrite.spring.directory.ManagedDirectory;
import io.atomicwrite.test.Stresses;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/**
 * Real files in real directories, swept while an application runs.
 */
class ScheduledHousekeeperTests {

	private static final String THREAD = "atomicwrite-housekeeping-";

	@TempDir
	private Path directory;

	private Path data;

	@RegisterExtension
	final CapturedLog log = new CapturedLog();

	private FileOps files = new MountedAs("ext4");

	private ApplicationContextRunner runner;

	@BeforeEach
	void createRunner() throws IOException {
		this.data = Files.createDirectory(this.directory.toRealPath().resolve("data"));
		this.runner = new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(AtomicWriteAutoConfiguration.class))
			.withBean(FileOps.class, () -> this.files)
			.withPropertyValues("atomicwrite.directories.data.path=" + this.data);
	}

	@Test
	void sweepsAtStart() throws IOException {
		Path orphan = orphan(this.data);
		Path lock = old(Files.createFile(this.data.resolve("b.json.lock")));
		Path target = old(Files.writeString(this.data.resolve("a.json"), "content"));
		this.runner.run((context) -> {
			await().until(() -> !this.log.at(Level.INFO).isEmpty());
			assertThat(orphan).doesNotExist();
			assertThat(lock).doesNotExist();
			assertThat(target).hasContent("content");
		});
		assertThat(this.data.toFile().list()).containsExactly("a.json");
		assertThat(this.log.at(Level.INFO)).singleElement()
			.asString()
			.startsWith("Housekeeping of 'data' (" + this.data
					+ ") removed 1 staging, 1 lock (3 bytes), examined 4 entries, kept 0 staging files in use, in ");
		assertThat(this.log.at(Level.WARN)).isEmpty();
	}

	@Test
	void anInterruptedRequestBeginsNoSweep() throws IOException {
		Path orphan = orphan(this.data);
		this.runner.withPropertyValues("atomicwrite.housekeeping.enabled=false").run((context) -> {
			DirectoryLooks looks = context.getBean(DirectoryLooks.class);
			RequestedSweeps sweeps = new RequestedSweeps(context.getBean(DirectoryHousekeeping.class), looks);
			ManagedDirectory managed = looks.directories().all().iterator().next();
			Thread.currentThread().interrupt();
			assertThatIllegalStateException().isThrownBy(() -> sweeps.sweep(managed, false))
				.withMessageStartingWith("Interrupted before");
			assertThat(Thread.interrupted()).isTrue();
			assertThat(orphan).exists();
			assertThat(sweeps.sweep(managed, false).complete()).isTrue();
			assertThat(orphan).doesNotExist();
		});
	}

	/** Right after a crash there would seem to be nothing. */
	@Test
	void whatIsTooYoungIsLogged() throws IOException {
		String staging = ", kept 1 leftover staging files younger than atomicwrite.housekeeping.orphan-age";
		Path orphan = Files.writeString(this.data.resolve(".a.json.0123456789abcdef.tmp"), "new");
		Files.createFile(this.data.resolve("b.json.lock"));
		this.runner.run((context) -> await().until(() -> !this.log.at(Level.INFO).isEmpty()));
		assertThat(this.log.at(Level.INFO)).singleElement()
			.asString()
			.startsWith("Housekeeping of 'data'")
			.contains(staging, ", kept 1 leftover lock files younger than atomicwrite.housekeeping.lock-age");
		this.runner.withPropertyValues("atomicwrite.housekeeping.recovery=discard")
			.run((context) -> await().until(() -> this.log.at(Level.INFO).size() > 1));
		assertThat(this.log.at(Level.INFO)).last().asString().startsWith("Recovery of 'data'").endsWith(staging);
		assertThat(orphan).exists();
	}

	@Test
	void neitherStartNorStopWaitsForASweep() {
		CountDownLatch sweeping = new CountDownLatch(1);
		AtomicReference<Thread> sweeper = new AtomicReference<>();
		this.files = new OnList(() -> {
			sweeper.set(Thread.currentThread());
			sweeping.countDown();
			forever();
		});
		this.runner.run((context) -> {
			assertThat(context).hasNotFailed();
			sweeping.await();
			assertThat(context.getBean(ScheduledHousekeeper.class).isRunning()).isTrue();
			assertThat(sweeper.get().isDaemon()).isTrue();
		});
		await().until(() -> !sweeper.get().isAlive());
		assertThat(this.log.at(Level.WARN)).isEmpty();
		assertThat(this.data).isEmptyDirectory();
	}

	@Stresses
	@Test
	void aSweepThatOverrunsIsLoggedOnceAndStopsNoOther() throws IOException {
		Path other = Files.createDirectory(this.directory.toRealPath().resolve("good"));
		CountDownLatch mayEnd = new CountDownLatch(1);
		this.files = new OnList(() -> {
			if (Thread.currentThread().getName().endsWith("-data")) {
				uninterruptibly(mayEnd);
			}
		});
		this.runner
			.withPropertyValues("atomicwrite.directories.good.path=" + other, "atomicwrite.housekeeping.interval=100ms")
			.run((context) -> {
				DirectoryHousekeeping housekeeping = context.getBean(DirectoryHousekeeping.class);
				ManagedDirectory hanging = new ManagedDirectory("data", this.data);
				await().until(() -> !housekeeping.running(hanging).isZero());
				awaitSweepOf(orphan(other));
				await().until(() -> !this.log.at(Level.WARN).isEmpty());
				awaitSweepOf(orphan(other));
				assertThat(housekeeping.running(hanging)).isGreaterThan(Duration.ofSeconds(5));
				assertThat(this.log.at(Level.WARN)).containsExactly("Housekeeping of 'data' (" + this.data
						+ ") has been running for 5 s; the directory is not swept again before it ends");
				mayEnd.countDown();
				await().until(() -> housekeeping.running(hanging).compareTo(Duration.ofSeconds(5)) < 0);
			});
	}

	private static void uninterruptibly(CountDownLatch latch) {
		while (latch.getCount() > 0) {
			try {
				latch.await();
			}
			catch (InterruptedException ex) {
				// as a system call on a filesystem that hangs
			}
		}
	}

	@Test
	void aSweepThatPausesIsInterrupted() throws IOException {
		Path orphan = orphan(this.data);
		CountDownLatch sweeping = new CountDownLatch(1);
		this.files = new OnList(sweeping::countDown);
		this.runner.run((context) -> sweeping.await());
		assertThat(orphan).exists();
		assertThat(this.data.toFile().list()).hasSize(1);
		assertThat(this.log.at(Level.WARN)).isEmpty();
	}

	@Stresses
	@Test
	void sweepsAtEachIntervalAndAgainAfterARestart() {
		this.runner.withPropertyValues("atomicwrite.housekeeping.interval=100ms").run((context) -> {
			ScheduledHousekeeper housekeeper = context.getBean(ScheduledHousekeeper.class);
			awaitSweepOf(orphan(this.data));
			awaitSweepOf(orphan(this.data));
			housekeeper.stop();
			assertThat(housekeeper.isRunning()).isFalse();
			housekeeper.start();
			awaitSweepOf(orphan(this.data));
		});
	}

	@Test
	void waitsForTheFirstIntervalIfConfigured() {
		AtomicLong listed = new AtomicLong();
		this.files = new OnList(() -> listed.compareAndSet(0, System.nanoTime()));
		long start = System.nanoTime();
		this.runner
			.withPropertyValues("atomicwrite.housekeeping.on-startup=false", "atomicwrite.housekeeping.interval=1s")
			.run((context) -> {
				await().until(() -> listed.get() != 0);
				assertThat(Duration.ofNanos(listed.get() - start)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
			});
	}

	@Test
	void aDirectoryThatFailsStopsNoOther() throws IOException {
		Path file = Files.createFile(this.directory.resolve("file"));
		Path broken = Files.createDirectory(this.directory.toRealPath().resolve("broken"));
		this.files = new ForwardingFileOps(this.files) {
			@Override
			public Path canonical(Path path) throws IOException {
				if (path.startsWith(broken)) {
					throw new IllegalStateException("out of order");
				}
				return super.canonical(path);
			}
		};
		Path orphan = orphan(this.data);
		this.runner
			.withPropertyValues("atomicwrite.startup-check=off", "atomicwrite.directories.a-file.path=" + file,
					"atomicwrite.directories.broken.path=" + broken,
					"atomicwrite.directories.missing.path=" + this.directory.resolve("missing"))
			.run((context) -> {
				awaitSweepOf(orphan);
				await().until(() -> this.log.at(Level.DEBUG), (lines) -> lines.toString().contains("'missing'"));
				await().until(() -> this.log.at(Level.WARN), (lines) -> lines.size() == 2);
			});
		assertThat(this.log.at(Level.WARN)).containsExactlyInAnyOrder(
				"Housekeeping of 'a-file' (" + file + ") failed: " + file.toRealPath() + ": Not a directory",
				"Housekeeping of 'broken' (" + broken + ") failed");
		assertThat(this.log.at(Level.DEBUG)).contains("Managed directory 'missing' ("
				+ this.directory.resolve("missing") + ") does not exist, so there is nothing to sweep");
	}

	@Test
	void aWriteUnderWayStays() {
		this.runner
			.withPropertyValues("atomicwrite.housekeeping.interval=100ms", "atomicwrite.housekeeping.orphan-age=0s")
			.run((context) -> {
				Path target = this.data.resolve("c.json");
				try (StagedWrite write = context.getBean(AtomicFileTemplate.class).open(target)) {
					write.output().write('x');
					awaitSweepOf(orphan(this.data));
					write.commit();
				}
				assertThat(target).hasContent("x");
			});
	}

	@Test
	void aSweepOfAnotherIsNoNews() {
		this.runner.withPropertyValues("atomicwrite.housekeeping.enabled=false").run((context) -> {
			LockRegistry locks = LockRegistry.fileBuilder().build();
			try (LockLease lease = locks.acquire(this.data.resolve(".atomicwrite-housekeeping"),
					LockRequest.failFast())) {
				Path orphan = orphan(this.data);
				assertThat(context.getBean(DirectoryHousekeeping.class)
					.sweep(new ManagedDirectory("data", this.data), false)
					.skipped()).isTrue();
				assertThat(orphan).exists();
			}
		});
		assertThat(this.log.at(Level.DEBUG)).contains("Housekeeping of 'data' (" + this.data
				+ ") skipped: another thread or process is " + "sweeping or recovering it");
		assertThat(this.log.at(Level.WARN)).isEmpty();
	}

	@Test
	void agesAndNumbersOfBackupsAreKeptTo() throws IOException {
		Path ancient = Files.createFile(this.data.resolve("a.json.20200101-000000.backup"));
		Path[] recent = new Path[3];
		for (int i = 0; i < recent.length; i++) {
			recent[i] = Files.createFile(this.data.resolve("a.json.20260101-00000" + i + ".backup"));
		}
		Instant now = Instant.parse("2026-01-02T00:00:00Z");
		this.runner.withBean(InstantSource.class, () -> InstantSource.fixed(now))
			.withPropertyValues("atomicwrite.housekeeping.backup-age=365d")
			.run((context) -> awaitSweepOf(ancient));
		assertThat(recent).allSatisfy((path) -> assertThat(path).exists());
		this.runner
			.withPropertyValues("atomicwrite.backup.enabled=true", "atomicwrite.backup.timestamped=true",
					"atomicwrite.backup.keep=2")
			.run((context) -> awaitSweepOf(recent[0]));
		assertThat(recent[1]).exists();
		assertThat(recent[2]).exists();
	}

	@Test
	void agesOfOrphansAndLocksAreKeptTo() throws IOException {
		Path orphan = orphan(this.data);
		Path lock = old(Files.createFile(this.data.resolve("b.json.lock")));
		Path ancient = orphan(this.data);
		Files.setLastModifiedTime(ancient, FileTime.from(Instant.now().minus(Duration.ofDays(30))));
		this.runner
			.withPropertyValues("atomicwrite.housekeeping.orphan-age=10d", "atomicwrite.housekeeping.lock-age=10d")
			.run((context) -> awaitSweepOf(ancient));
		assertThat(orphan).exists();
		assertThat(lock).exists();
	}

	@Test
	void listenersAreNotifiedEvenIfOneThrows() throws IOException {
		Path orphan = orphan(this.data);
		AtomicReference<Path> reported = new AtomicReference<>();
		this.runner.withBean("one", SweepListener.class, () -> new SweepListener() {
			@Override
			public void removed(Path file, ArtifactKind kind, long size) {
				throw new IllegalStateException("broken");
			}
		}).withBean("two", SweepListener.class, () -> new SweepListener() {
			@Override
			public void removed(Path file, ArtifactKind kind, long size) {
				reported.set(file);
			}
		}).run((context) -> await().until(() -> orphan.equals(reported.get())));
	}

	@Test
	void recoversBeforeItSweepsIfConfigured() throws Exception {
		Path orphan = orphan(this.data);
		Path lock = old(Files.createFile(this.data.resolve("b.json.lock")));
		Path damaged = Files.writeString(this.data.resolve("c.json"), "damaged");
		String digest = Checksum.of(ChecksumAlgorithm.SHA_256, new ByteArrayInputStream("good".getBytes())).hex();
		Files.writeString(this.data.resolve("c.json.sha256"), digest + "  c.json\n");
		this.runner
			.withPropertyValues("atomicwrite.housekeeping.recovery=set-aside",
					"atomicwrite.housekeeping.interval=100ms")
			.run((context) -> {
				awaitSweepOf(lock);
				assertThat(orphan).doesNotExist();
				Path another = orphan(this.data);
				awaitSweepOf(another);
				assertThat(aside(another)).hasSize(3);
			});
		assertThat(aside(orphan)).hasSize(3);
		assertThat(damaged).hasContent("damaged");
		assertThat(this.log.at(Level.INFO)).contains("Recovery of 'data' (" + this.data + ") set aside 1, doubtful 1");
		assertThat(this.log.at(Level.WARN))
			.containsExactly("Recovery of 'data' (" + this.data + ") needs the attention of a person: " + damaged
					+ ": its content does not match its sidecar: changed or damaged");
	}

	@Test
	void sweepsBackupsWhereAndHowTheyAreMade() throws IOException {
		Path[] backups = new Path[3];
		Path below = Files.createDirectories(this.data.resolve("below"));
		Path old = Files.createDirectories(below.resolve("old"));
		for (int i = 0; i < backups.length; i++) {
			backups[i] = Files.createFile(old.resolve("a.json.20260101-00000" + i + ".bak"));
		}
		Path orphan = orphan(below);
		this.runner
			.withPropertyValues("atomicwrite.backup.enabled=true", "atomicwrite.backup.timestamped=true",
					"atomicwrite.backup.keep=2", "atomicwrite.backup.suffix=.bak", "atomicwrite.backup.directory=old",
					"atomicwrite.housekeeping.recursive=true")
			.run((context) -> {
				awaitSweepOf(backups[0]);
				awaitSweepOf(orphan);
			});
		assertThat(backups[1]).exists();
		assertThat(backups[2]).exists();
	}

	@Test
	void canBeSwitchedOff() {
		this.runner.withPropertyValues("atomicwrite.housekeeping.enabled=false")
			.run((context) -> assertThat(context).hasSingleBean(Housekeeper.class)
				.hasSingleBean(DirectoryHousekeeping.class)
				.doesNotHaveBean(ScheduledHousekeeper.class));
	}

	@Test
	void stepsBackForAHousekeeperOfTheUser() {
		this.runner
			.withBean("mine", Housekeeper.class,
					() -> new Housekeeper(this.files, LockRegistry.inProcess(), InstantSource.system()))
			.run((context) -> assertThat(context).hasSingleBean(Housekeeper.class)
				.doesNotHaveBean("atomicwriteHousekeeper")
				.hasSingleBean(ScheduledHousekeeper.class));
	}

	@Test
	void valuesThatCanNotBeAreExplained() {
		for (String name : new String[] { "orphan-age", "lock-age", "backup-age" }) {
			assertFails("atomicwrite.housekeeping." + name, "-1s", "must not be negative");
		}
		assertFails("atomicwrite.housekeeping.interval", "0s", "set 'atomicwrite.housekeeping.enabled' to false");
	}

	private void assertFails(String property, String value, String explanation) {
		this.runner.withPropertyValues(property + "=" + value)
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.hasMessageContaining(property)
				.hasMessageContaining(explanation));
	}

	private static void awaitSweepOf(Path file) {
		await().untilAsserted(() -> assertThat(file).doesNotExist());
	}

	private static Path orphan(Path directory) throws IOException {
		String token = String.format("%016x", System.nanoTime());
		return old(Files.write(directory.resolve(".a.json." + token + ".tmp"), new byte[3]));
	}

	private static Path aside(Path orphan) {
		String name = orphan.getFileName().toString();
		return orphan.resolveSibling(name.substring(0, name.length() - ".tmp".length()) + ".aside");
	}

	private static Path old(Path file) throws IOException {
		return Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofDays(1))));
	}

	private static void forever() throws IOException {
		try {
			new CountDownLatch(1).await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new InterruptedIOException();
		}
	}

	/**
	 * Does something when the thread of the housekeeper lists a directory.
	 */
	private static final class OnList extends ForwardingFileOps {

		private final Action action;

		private OnList(Action action) {
			super(new MountedAs("ext4"));
			this.action = action;
		}

		@Override
		public void list(Path path, NameVisitor visitor) throws IOException {
			if (Thread.currentThread().getName().startsWith(THREAD)) {
				this.action.run();
			}
			super.list(path, visitor);
		}

		private interface Action {

			void run() throws IOException;

		}

	}

}
