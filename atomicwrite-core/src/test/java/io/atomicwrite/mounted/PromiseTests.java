package io.atomicwrite.mounted;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.atomicwrite.ChecksumMismatchException;
import io.atomicwrite.Guarantee;
import io.atomicwrite.GuaranteeLevel;
import io.atomicwrite.SafetyPolicy;
import io.atomicwrite.checksum.ChecksumAlgorithm;
import io.atomicwrite.checksum.ChecksumPolicy;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.lock.LockLease;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.lock.LockRequest;
import io.atomicwrite.test.ForkedJvm;
import io.atomicwrite.test.Mounted;
import io.atomicwrite.test.MountedFilesystem;
import io.atomicwrite.test.Mounts;
import io.atomicwrite.test.RealFilesystem;
import io.atomicwrite.test.RequiresCommand;
import io.atomicwrite.test.RequiresRoot;
import io.atomicwrite.test.Slice;
import io.atomicwrite.test.SlicesItself;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What a report guarantees, holds: whatever the filesystem, each level that says so is
 * put to a proof that can fail. For durability, see {@link CrashTests}.
 */
@Mounts
@RequiresRoot
@RequiresCommand("python3")
class PromiseTests {

	private static final int REPLACEMENTS = 300;

	/** Fewer contents seen would mean that readers and writer did not meet. */
	private static final int CHANGES = 5;

	private static final int COUNTS = 100;

	private static final WriteOptions BEST_EFFORT = WriteOptions.engineDefaults()
		.toBuilder()
		.safety(SafetyPolicy.BEST_EFFORT)
		.lock(LockRequest.none())
		.build();

	private static final List<ForkedJvm> COUNTERS = new ArrayList<>();

	private AtomicFileTemplate template;

	private final LockRegistry locks = LockRegistry.file();

	@TempDir
	private Path temp;

	/** Disks in memory: how fast this machine's disk is does not matter here. */
	private Mounted memory;

	@BeforeAll
	static void startCounters() {
		COUNTERS.add(CounterPeer.start());
		COUNTERS.add(CounterPeer.start());
	}

	@AfterAll
	static void stopCounters() {
		COUNTERS.forEach(ForkedJvm::close);
		COUNTERS.clear();
	}

	@BeforeEach
	void mountMemory() {
		this.template = AtomicFileTemplate.builder().files(new DisksInMemory(FileOps.system(), this.temp)).build();
		this.memory = Mounted.tmpfs(this.temp, "size=1g");
	}

	@AfterEach
	void close() {
		this.template.close();
		this.locks.close();
		this.memory.close();
	}

	@ParameterizedTest
	@EnumSource(
			names = { "EXT4", "EXT3", "XFS", "BTRFS", "BIND", "OVERLAY_ON_EXT4", "OVERLAY_ON_XFS", "OVERLAY_ON_BTRFS" })
	void somethingIsPromised(RealFilesystem filesystem) {
		try (MountedFilesystem mounted = filesystem.mount(this.temp)) {
			for (Guarantee guarantee : Guarantee.values()) {
				assertThat(isGuaranteed(mounted, guarantee)).as(guarantee.name()).isTrue();
			}
		}
	}

	private boolean isGuaranteed(MountedFilesystem mounted, Guarantee guarantee) {
		return Reports.of(this.template, mounted.point()).level(guarantee) == GuaranteeLevel.GUARANTEED;
	}

	static Stream<RealFilesystem> filesystems() {
		return Slice.current().of(Stream.of(RealFilesystem.values()));
	}

	@SlicesItself
	@ParameterizedTest
	@MethodSource("filesystems")
	void whatIsGuaranteedHolds(RealFilesystem filesystem) throws Exception {
		try (MountedFilesystem mounted = filesystem.mount(this.temp)) {
			Path point = mounted.point();
			if (isGuaranteed(mounted, Guarantee.ATOMIC_VISIBILITY)) {
				Path target = point.resolve("target");
				replaceUnderReaders(target, (content) -> replaceUnderAnOpenFile(target, content));
			}
			if (isGuaranteed(mounted, Guarantee.WRITER_EXCLUSION)) {
				assertOthersAreKeptOut(point.resolve("locked"));
				countTogether(COUNTERS, point.resolve("counter"), COUNTS);
				assertThat(CounterPeer.read(point.resolve("counter"))).isEqualTo(2 * COUNTS);
			}
			if (isGuaranteed(mounted, Guarantee.INTEGRITY_DETECTION)) {
				assertDamageIsNoticed(point.resolve("sidecar"), ChecksumPolicy.sidecar(ChecksumAlgorithm.SHA_256));
				assertDamageIsNoticed(point.resolve("attribute"), ChecksumPolicy.attribute(ChecksumAlgorithm.SHA_256));
			}
		}
	}

	private void replaceUnderAnOpenFile(Path target, byte[] content) throws IOException {
		if (!Files.exists(target)) {
			this.template.write(target, content, BEST_EFFORT);
			return;
		}
		try (Watcher.Slow slow = Watcher.Slow.open(target, Watcher.numberOf(content) - 1)) {
			this.template.write(target, content, BEST_EFFORT);
			slow.requireWhole();
		}
	}

	private void assertDamageIsNoticed(Path target, ChecksumPolicy checksum) throws IOException {
		this.template.writeString(target, "content", BEST_EFFORT.toBuilder().checksum(checksum).build());
		assertThat(this.template.readVerified(target)).asString().isEqualTo("content");
		Files.writeString(target, "Content", StandardOpenOption.WRITE);
		assertThatExceptionOfType(ChecksumMismatchException.class).isThrownBy(() -> this.template.verify(target));
	}

	@Test
	void readersFindOutWhatIsWrittenInPlace() {
		Path target = this.temp.resolve("target");
		assertThatThrownBy(() -> replaceUnderReaders(target, (content) -> Files.write(target, content)))
			.hasRootCauseInstanceOf(AssertionError.class);
	}

	private static void replaceUnderReaders(Path target, Replacement replacement) throws Exception {
		replacement.with(Watcher.content(0));
		CountDownLatch started = new CountDownLatch(2);
		List<Watcher> watchers = List.of(new Watcher(target, started), new Watcher(target, started));
		ExecutorService readers = Executors.newFixedThreadPool(watchers.size());
		try {
			List<Future<?>> seen = watchers.stream().<Future<?>>map(readers::submit).toList();
			assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();
			long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
			// more than enough, and as many as it takes until readers and writer have met
			for (int i = 1; i <= REPLACEMENTS || (!met(watchers, seen) && System.nanoTime() < deadline); i++) {
				replacement.with(Watcher.content(i));
			}
			watchers.forEach(Watcher::stop);
			for (Future<?> each : seen) {
				each.get(10, TimeUnit.SECONDS);
			}
			assertThat(watchers).allMatch((watcher) -> watcher.changes() >= CHANGES);
		}
		finally {
			watchers.forEach(Watcher::stop);
			readers.shutdownNow();
		}
	}

	private static boolean met(List<Watcher> watchers, List<Future<?>> running) {
		return watchers.stream().allMatch((watcher) -> watcher.changes() >= CHANGES)
				|| running.stream().anyMatch(Future::isDone);
	}

	@Test
	void readerOfAnOpenFileFindsOutWhatIsWrittenInPlace() throws Exception {
		Path target = Files.write(this.temp.resolve("target"), Watcher.content(25));
		try (Watcher.Slow slow = Watcher.Slow.open(target, 25)) {
			slow.requireWhole();
		}
		try (Watcher.Slow slow = Watcher.Slow.open(target, 25)) {
			Files.write(target, Watcher.content(26));
			assertThatExceptionOfType(AssertionError.class).isThrownBy(slow::requireWhole);
		}
	}

	private void assertOthersAreKeptOut(Path target) {
		Path lock = target.resolveSibling("locked.lock");
		try (LockLease lease = this.locks.acquire(target, LockRequest.failFast());
				ForkedJvm python = PythonLock.on(lock)) {
			assertThat(python.answer()).isEqualTo("busy");
			lease.ensureHeld();
		}
		try (ForkedJvm python = PythonLock.on(lock)) {
			assertThat(python.answer()).isEqualTo("locked");
			assertThat(this.locks.tryAcquire(target)).isEmpty();
		}
	}

	@Test
	void writersWithoutLockLoseUpdates() throws Exception {
		int counts = 5000;
		Path counter = this.temp.resolve("counter");
		try (ForkedJvm one = CounterPeer.startWithoutLock(); ForkedJvm two = CounterPeer.startWithoutLock()) {
			countTogether(List.of(one, two), counter, counts);
		}
		assertThat(CounterPeer.read(counter)).isLessThan(2 * counts);
	}

	private static void countTogether(List<ForkedJvm> counters, Path counter, int times) throws Exception {
		Files.createFile(counter);
		CounterPeer.write(counter, 0);
		counters.forEach((process) -> process.tell(times + " " + counter));
		for (ForkedJvm process : counters) {
			assertThat(process.answer()).isEqualTo("counted " + times);
		}
	}

	/** Puts another content in the place of a file's. */
	private interface Replacement {

		void with(byte[] content) throws Exception;

	}

}
