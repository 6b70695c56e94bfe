package io.atomicwrite.lock;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.atomicwrite.LockNotAcquiredException;
import io.atomicwrite.artifact.CompanionNames;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.ForwardingFileOps;
import io.atomicwrite.fs.LockFile;
import io.atomicwrite.test.ForkedJvm;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests of lock files that stay open for a moment, because they are needed again and
 * again.
 */
@Timeout(60)
class LingeringLockFileTests {

	private static final LockRequest SOON = LockRequest.waitUpTo(Duration.ofSeconds(20));

	/** More than make a lock busy. */
	private static final int MANY = 20;

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	/** So long that no machine is too slow for what is tested meanwhile. */
	private static final Duration LONG = Duration.ofMinutes(1);

	private final LockFileRegistry locks = LockRegistry.file();

	@TempDir
	Path directory;

	private Path target;

	private Path lockFile;

	@BeforeEach
	void nameFiles() {
		this.target = this.directory.resolve("config.json");
		this.lockFile = this.directory.resolve("config.json.lock");
	}

	@AfterEach
	void close() {
		LingeringFiles.SHARED.stay(LingeringFiles.LONGEST);
		this.locks.close();
	}

	/**
	 * Acquires the lock until its file lingers: a machine that stalls has breaks between.
	 */
	private void makeLinger(LockRegistry registry) {
		for (int turn = 0; turn < 100_000 && !isLingering(); turn++) {
			registry.acquire(this.target, SOON).close();
		}
		assertThat(isLingering()).as("the lock file lingers").isTrue();
	}

	private boolean isLingering() {
		JvmLockTable.Holder holder = JvmLockTable.holder(this.lockFile);
		return holder != null && holder.use() == JvmLockTable.Use.LINGERING;
	}

	@Test
	void fileOfALockThatIsNeededOnceIsDeletedAtOnce() {
		for (int turn = 0; turn < 5; turn++) {
			this.locks.acquire(this.target, SOON).close();
			assertThat(this.directory).isEmptyDirectory();
		}
	}

	@Test
	void fileOfABusyLockIsTheSameEachTime() throws IOException {
		makeLinger(this.locks);
		List<Object> keys = new ArrayList<>();
		for (int turn = 0; turn < MANY; turn++) {
			try (LockLease lease = this.locks.acquire(this.target, SOON)) {
				lease.ensureHeld();
				keys.add(Files.readAttributes(this.lockFile, "unix:ino").get("ino"));
			}
		}
		assertThat(keys.stream().distinct().count()).as("files").isLessThan(MANY);
	}

	@Test
	void fileIsDeletedOnceNobodyNeedsTheLock() {
		makeLinger(this.locks);
		await().atMost(PATIENCE).untilAsserted(() -> assertThat(this.directory).isEmptyDirectory());
		assertThat(JvmLockTable.holder(this.lockFile)).isNull();
	}

	@Test
	void threadEndsWithItsWork() {
		makeLinger(this.locks);
		await().atMost(PATIENCE)
			.until(() -> Thread.getAllStackTraces()
				.keySet()
				.stream()
				.noneMatch((thread) -> thread.getName().equals("atomicwrite-lock-files")));
		// and another one does the work that comes later
		fileIsDeletedOnceNobodyNeedsTheLock();
	}

	@Test
	void closeOfTheRegistryDeletesTheFileAtOnce() {
		LingeringFiles.SHARED.stay(LONG);
		LockFileRegistry registry = LockRegistry.file();
		makeLinger(registry);
		registry.close();
		assertThat(this.directory).isEmptyDirectory();
	}

	@Test
	void keptFileStays() {
		try (LockFileRegistry keeping = LockRegistry.fileBuilder().keepLockFile(true).build()) {
			makeLinger(keeping);
		}
		assertThat(this.lockFile).isRegularFile();
		assertThat(JvmLockTable.holder(this.lockFile)).isNull();
	}

	@Test
	void othersHaveTheLockMeanwhile() {
		LingeringFiles.SHARED.stay(LONG);
		try (ForkedJvm other = LockPeer.start(this.target)) {
			makeLinger(this.locks);
			assertThat(other.ask("try")).startsWith("acquired");
			assertThatExceptionOfType(LockNotAcquiredException.class)
				.isThrownBy(() -> this.locks.acquire(this.target, LockRequest.failFast()));
			assertThat(other.ask("ensure")).isEqualTo("held");
			assertThat(other.ask("release")).isEqualTo("released");
			try (LockLease lease = this.locks.acquire(this.target, SOON)) {
				lease.ensureHeld();
				assertThat(other.ask("try")).startsWith("BUSY");
			}
		}
	}

	@Test
	void anotherRegistryHasTheLockWithoutAWait() {
		LingeringFiles.SHARED.stay(LONG);
		try (LockFileRegistry another = LockRegistry.file()) {
			makeLinger(this.locks);
			try (LockLease lease = another.acquire(this.target, LockRequest.failFast())) {
				lease.ensureHeld();
				assertThatExceptionOfType(LockNotAcquiredException.class)
					.isThrownBy(() -> this.locks.acquire(this.target, LockRequest.failFast()));
			}
		}
	}

	@Test
	void registryWithOtherFileOperationsOpensTheFileItself() {
		LingeringFiles.SHARED.stay(LONG);
		AtomicBoolean opened = new AtomicBoolean();
		FileOps watching = new ForwardingFileOps(FileOps.system()) {
			@Override
			public LockFile openLockFile(Path file, int mode, boolean create) throws IOException {
				opened.set(true);
				return super.openLockFile(file, mode, create);
			}
		};
		try (LockFileRegistry another = LockRegistry.fileBuilder().files(watching).build()) {
			makeLinger(this.locks);
			another.acquire(this.target, LockRequest.failFast()).close();
		}
		assertThat(opened).isTrue();
	}

	@Test
	void fileThatIsNotNeededIsNoLeftover() {
		LingeringFiles.SHARED.stay(LONG);
		makeLinger(this.locks);
		assertThat(this.locks.leftovers(this.target)).isEmpty();
		makeLinger(this.locks);
		assertThat(this.locks.releaseLeftover(this.target)).isFalse();
		makeLinger(this.locks);
		assertThat(this.locks.inspect(this.target).state()).isEqualTo(LockInfo.State.FREE);
		assertThat(this.directory).isEmptyDirectory();
	}

	@Test
	void fileThatIsDeletedMeanwhileIsNotLocked() throws IOException {
		LingeringFiles.SHARED.stay(LONG);
		makeLinger(this.locks);
		Files.delete(this.lockFile);
		try (LockLease lease = this.locks.acquire(this.target, SOON)) {
			lease.ensureHeld();
			assertThat(this.lockFile).isRegularFile();
		}
	}

	/** They differ in their inodes alone, and the path names what counts. */
	@Test
	void fileThatIsReplacedByOneOfTheSameSizeIsNotTaken() throws IOException {
		LingeringFiles.SHARED.stay(LONG);
		try (ForkedJvm other = LockPeer.start(this.target)) {
			makeLinger(this.locks);
			Path replacement = Files.copy(this.lockFile, this.directory.resolve("replacement"));
			Files.move(replacement, this.lockFile, StandardCopyOption.ATOMIC_MOVE);
			try (LockLease lease = this.locks.acquire(this.target, SOON)) {
				lease.ensureHeld();
				assertThat(other.ask("try")).startsWith("BUSY");
			}
		}
	}

	@Test
	void threadThatLeftItIsNotTakenForTheOneThatHoldsIt() {
		LingeringFiles.SHARED.stay(LONG);
		makeLinger(this.locks);
		JvmLockTable.Holder holder = JvmLockTable.holder(this.lockFile);
		assertThat(holder).isNotNull();
		try (LockFileRegistry another = LockRegistry.file()) {
			// the same thread; would be refused as its own deadlock
			another.acquire(this.target, SOON).close();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "return", "exit" })
	void endOfTheJvmLeavesNoFile(String end) {
		try (ForkedJvm jvm = ForkedJvm.start(Burst.class, this.target.toString(), end)) {
			assertThat(jvm.join()).as(jvm::output).isZero();
			assertThat(jvm.output()).contains("lingers");
		}
		assertThat(this.directory).isEmptyDirectory();
	}

	/** A filesystem that has died refuses the change, as it would the deletion. */
	@Test
	void changeThatIsRefusedIsReported() {
		AtomicBoolean dead = new AtomicBoolean();
		FileOps files = new ForwardingFileOps(FileOps.system()) {
			@Override
			public LockFile openLockFile(Path file, int mode, boolean create) throws IOException {
				return new Refusing(super.openLockFile(file, mode, create), dead);
			}
		};
		HostLocks hostLocks = new HostLocks(files, InstantSource.system(), 0644, false, true);
		LockFiles lockFiles = new LockFiles(files, hostLocks, null, CompanionNames.VISIBLE);
		try (LockFileRegistry registry = new FileLockRegistry(lockFiles, files, InstantSource.system(),
				new LockListeners(List.of()))) {
			makeLinger(registry);
			Optional<IOException> left = Optional.empty();
			for (int turn = 0; turn < 1000 && left.isEmpty(); turn++) {
				LockLease lease = registry.acquire(this.target, SOON);
				dead.set(true);
				lease.close();
				dead.set(false);
				left = lease.leftover();
			}
			assertThat(left).get().extracting(Throwable::getMessage).asString().contains("Read-only file system");
			// it is given up all the same
			registry.acquire(this.target, LockRequest.failFast()).close();
		}
	}

	@Test
	void threadsAndProcessesExcludeEachOtherWhileItComesAndGoes() throws Exception {
		Path counter = Files.writeString(this.directory.resolve("counter"), "0");
		int threads = 4;
		int each = 300;
		CountDownLatch done = new CountDownLatch(threads);
		try (ForkedJvm other = LockPeer.start(this.target)) {
			for (int thread = 0; thread < threads; thread++) {
				new Thread(() -> {
					for (int turn = 0; turn < each; turn++) {
						try (LockLease lease = this.locks.acquire(this.target, LockRequest.waitForever())) {
							int before = Integer.parseInt(Files.readString(counter));
							Files.writeString(counter, Integer.toString(before + 1));
							lease.ensureHeld();
						}
						catch (IOException ex) {
							throw new IllegalStateException(ex);
						}
					}
					done.countDown();
				}).start();
			}
			while (!done.await(1, TimeUnit.MILLISECONDS)) {
				if (other.ask("wait 5000").startsWith("acquired")) {
					int before = Integer.parseInt(Files.readString(counter));
					Thread.sleep(1);
					assertThat(Files.readString(counter)).as("unchanged in the hold of the other")
						.isEqualTo(Integer.toString(before));
					other.ask("release");
				}
			}
		}
		assertThat(counter).hasContent(Integer.toString(threads * each));
	}

	/**
	 * A lock file whose changes are refused once its filesystem is dead.
	 *
	 * @param delegate the file
	 * @param dead whether it is
	 */
	private record Refusing(LockFile delegate, AtomicBoolean dead) implements LockFile {

		@Override
		public boolean tryLock() throws IOException {
			return this.delegate.tryLock();
		}

		@Override
		public long size() throws IOException {
			return this.delegate.size();
		}

		@Override
		public byte[] read(int limit) throws IOException {
			return this.delegate.read(limit);
		}

		@Override
		public void resize(long length) throws IOException {
			if (this.dead.get()) {
				throw new FileSystemException("config.json.lock", null, "Read-only file system");
			}
			this.delegate.resize(length);
		}

		@Override
		public boolean unlock() throws IOException {
			return this.delegate.unlock();
		}

		@Override
		public void close() throws IOException {
			this.delegate.close();
		}

	}

	/**
	 * A program that ends while a lock file lingers.
	 */
	static final class Burst {

		private Burst() {
		}

		public static void main(String[] args) {
			LingeringFiles.SHARED.stay(LONG);
			LockRegistry locks = LockRegistry.file();
			Path target = Path.of(args[0]);
			Path lockFile = target.resolveSibling(target.getFileName() + ".lock");
			while (JvmLockTable.holder(lockFile) == null) {
				locks.acquire(target, SOON).close();
			}
			System.out.println("lingers");
			if (args[1].equals("exit")) {
				System.exit(0);
			}
		}

	}

}
