package io.atomicwrite.rules;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import io.atomicwrite.LockLostException;
import io.atomicwrite.LockNotAcquiredException;
import io.atomicwrite.LockNotAcquiredException.Reason;
import io.atomicwrite.WriteOutcome;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.lock.LockRequest;
import io.atomicwrite.rules.LeaseHolder.Place;
import io.atomicwrite.test.HookedFileOps;
import io.atomicwrite.test.Snapshot;
import io.atomicwrite.test.UnsyncedFileOps;
import io.atomicwrite.test.fault.FileCall;
import io.atomicwrite.test.fault.RecordingFileOps;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * What holds of leases holds for every change, and wherever the other holder is.
 */
class LeaseRuleTests {

	private static final FileOps FILES = new UnsyncedFileOps();

	private static LeaseHolder holder;

	@TempDir
	private Path temporary;

	private Path directory;

	private Path target;

	private final LockRegistry locks = LockRegistry.file();

	@BeforeAll
	static void startHolder() {
		holder = new LeaseHolder();
	}

	@AfterAll
	static void endHolder() {
		holder.close();
	}

	@BeforeEach
	void paths() throws Exception {
		this.directory = this.temporary.toRealPath();
		this.target = this.directory.resolve(Change.TARGET);
	}

	@AfterEach
	void close() {
		Thread.interrupted();
		this.locks.close();
	}

	static Stream<Arguments> changesAndPlaces() {
		return Arrays.stream(Place.values())
			.flatMap((place) -> Arrays.stream(Change.values()).map((change) -> Arguments.of(change, place)));
	}

	@ParameterizedTest
	@MethodSource("changesAndPlaces")
	void leaseOfAnotherRefusesTheChange(Change change, Place place) throws Exception {
		prepare(change);
		holder.hold(place, this.locks, this.target);
		Map<String, String> before = Snapshot.of(this.directory);
		assertRefused(change, LockRequest.failFast(), Reason.BUSY);
		assertRefused(change, LockRequest.waitUpTo(Duration.ofMillis(1)), Reason.TIMEOUT);
		assertThat(Snapshot.of(this.directory)).isEqualTo(before);
	}

	/**
	 * The wait for another registry or process is another loop than that for a thread.
	 */
	@ParameterizedTest
	@MethodSource("changesAndPlaces")
	void interruptEndsTheWaitAndTheFlagStays(Change change, Place place) throws Exception {
		prepare(change);
		holder.hold(place, this.locks, this.target);
		Map<String, String> before = Snapshot.of(this.directory);
		Thread.currentThread().interrupt();
		assertRefused(change, LockRequest.waitUpTo(Duration.ofSeconds(20)), Reason.INTERRUPTED);
		assertThat(Thread.interrupted()).as("flag").isTrue();
		assertThat(this.locks.waiting()).isEmpty();
		assertThat(Snapshot.of(this.directory)).isEqualTo(before);
	}

	@ParameterizedTest
	@EnumSource(Place.class)
	void interruptDuringTheWaitEndsItAndTheFlagStays(Place place) throws Exception {
		holder.hold(place, this.locks, this.target);
		AtomicReference<String> answer = new AtomicReference<>("no answer");
		Thread waiter = new Thread(() -> {
			try {
				this.locks.acquire(this.target, LockRequest.waitForever());
			}
			catch (LockNotAcquiredException ex) {
				answer.set(ex.reason() + " " + Thread.currentThread().isInterrupted());
			}
		});
		waiter.start();
		await().until(() -> waiter.getState() == Thread.State.TIMED_WAITING);
		waiter.interrupt();
		waiter.join();
		assertThat(answer).hasValue("INTERRUPTED true");
	}

	/** An interrupt ends the wait for a lease and nothing else. */
	@ParameterizedTest
	@EnumSource(Change.class)
	void interruptOfOneWhoNeedNotWaitChangesNothing(Change change) throws Exception {
		prepare(change);
		Thread.currentThread().interrupt();
		run(change, LockRequest.waitUpTo(Duration.ofSeconds(20)));
		assertThat(Thread.interrupted()).as("flag").isTrue();
		assertChanged(change);
	}

	@ParameterizedTest
	@EnumSource(Change.class)
	void leaseThatIsLostMeanwhileRefusesTheCommit(Change change) throws Exception {
		prepare(change);
		for (String leased : change.moves() ? List.of(Change.TARGET, Change.SOURCE) : List.of(Change.TARGET)) {
			Path lock = this.directory.resolve(leased + ".lock");
			Map<String, String> before = Snapshot.of(this.directory);
			HookedFileOps files = new HookedFileOps(FILES);
			files.after((call) -> isLookUnderLease(call, lock), 1, () -> Files.delete(lock));
			assertThatExceptionOfType(LockLostException.class).as(leased)
				.isThrownBy(() -> run(change, LockRequest.failFast(), files))
				.satisfies((ex) -> assertThat(ex.outcome()).isEqualTo(WriteOutcome.NOT_COMMITTED));
			assertThat(files.ran()).isTrue();
			assertThat(Snapshot.of(this.directory)).as(leased).isEqualTo(before);
		}
	}

	/** Once all leases of the change are there. */
	private boolean isLookUnderLease(FileCall call, Path lock) {
		return call.path().equals(this.target) && call.op() == FileCall.Op.STAT && Files.exists(lock)
				&& lock.toFile().length() > 0;
	}

	@ParameterizedTest
	@EnumSource(Change.class)
	void leavesNeitherLeaseNorLockFile(Change change) throws Exception {
		prepare(change);
		run(change, LockRequest.failFast());
		assertChanged(change);
		assertThat(this.locks.held()).isEmpty();
		assertThat(Snapshot.of(this.directory).keySet()).noneMatch((name) -> name.endsWith(".lock"));
	}

	@ParameterizedTest
	@EnumSource(Change.class)
	void withoutALockNoneIsAskedFor(Change change) throws Exception {
		if (change.reads()) {
			return;
		}
		prepare(change);
		RecordingFileOps files = new RecordingFileOps(FILES);
		run(change, LockRequest.none(), files);
		assertChanged(change);
		assertThat(files.calls()).noneMatch((call) -> call.path().toString().endsWith(".lock"));
	}

	private void prepare(Change change) throws Exception {
		change.prepare(this.directory);
		if (!change.needsFreeName()) {
			Files.writeString(this.target, Change.OLD);
		}
	}

	private void assertRefused(Change change, LockRequest policy, Reason reason) {
		assertThatExceptionOfType(LockNotAcquiredException.class).isThrownBy(() -> run(change, policy))
			.satisfies((ex) -> {
				assertThat(ex.reason()).isEqualTo(reason);
				assertThat(ex.outcome()).isEqualTo(WriteOutcome.NOT_COMMITTED);
			});
	}

	private void run(Change change, LockRequest policy) {
		run(change, policy, FILES, this.locks);
	}

	private void run(Change change, LockRequest policy, FileOps files) {
		try (LockRegistry registry = LockRegistry.fileBuilder().files(files).build()) {
			run(change, policy, files, registry);
		}
	}

	private void run(Change change, LockRequest policy, FileOps files, LockRegistry registry) {
		try (AtomicFileTemplate template = AtomicFileTemplate.builder()
			.files(files)
			.locks(registry)
			.defaults(WriteOptions.engineDefaults().toBuilder().lock(policy).build())
			.build()) {
			change.run(template, this.target, this.directory);
		}
	}

	private void assertChanged(Change change) {
		String expected = change.result(change.needsFreeName() ? null : Change.OLD);
		if (expected == null) {
			assertThat(this.target).doesNotExist();
		}
		else {
			assertThat(this.target).hasContent(expected);
		}
		assertThat(this.directory.resolve(Change.SOURCE)).doesNotExist();
	}

}
