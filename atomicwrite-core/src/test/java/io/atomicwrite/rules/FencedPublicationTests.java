package io.atomicwrite.rules;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

import io.atomicwrite.AtomicWriteException;
import io.atomicwrite.LockLostException;
import io.atomicwrite.TargetExistsException;
import io.atomicwrite.WriteOutcome;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.lock.LockRequest;
import io.atomicwrite.publication.PointerKind;
import io.atomicwrite.publication.Publication;
import io.atomicwrite.publication.PublishOptions;
import io.atomicwrite.publication.PublishedVersion;
import io.atomicwrite.publication.Retention;
import io.atomicwrite.publication.VersionContent;
import io.atomicwrite.test.DirectoryContent;
import io.atomicwrite.test.Enumerates;
import io.atomicwrite.test.HookedFileOps;
import io.atomicwrite.test.MemoryLockStore;
import io.atomicwrite.test.UnsyncedFileOps;
import io.atomicwrite.test.fault.FileCall;
import io.atomicwrite.test.fault.FileCall.Op;
import io.atomicwrite.test.fault.InterceptingFileOps;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A publisher that was suspended for longer than its lease neither moves {@code latest}
 * nor shows half a version: hosts that share a directory and a lock store.
 */
@Enumerates
class FencedPublicationTests {

	private static final VersionContent STALE = (out) -> {
		out.file("d/a", "stale".getBytes());
		out.file("b", "stale".getBytes());
	};

	private static final VersionContent NEW = (out) -> {
		out.file("d/a", "newer".getBytes());
		out.file("b", "newer".getBytes());
	};

	private static final Set<Op> CHANGES = Set.of(Op.CREATE, Op.CREATE_DIRECTORY, Op.RENAME, Op.DELETE);

	private final MemoryLockStore store = new MemoryLockStore().alwaysContended();

	@TempDir
	private Path temporary;

	private Path directory;

	private Publication newcomer;

	@BeforeEach
	void open() throws IOException {
		this.directory = this.temporary.toRealPath();
		next(0);
	}

	@AfterEach
	void close() {
		this.store.thaw();
	}

	/** Begins with a publication of its own. */
	private void next(int moment) {
		this.newcomer = publication(new UnsyncedFileOps(), moment);
	}

	private Publication publication(FileOps files, int moment) {
		LockRegistry locks = LockRegistry.clusterBuilder(this.store)
			.hostLock(false)
			.directory("data", this.directory)
			.files(files)
			.build();
		return AtomicFileTemplate.builder()
			.files(files)
			.locks(locks)
			.defaults(
					WriteOptions.engineDefaults().toBuilder().lock(LockRequest.waitUpTo(Duration.ofSeconds(1))).build())
			.build()
			.publication(this.directory, "set" + moment);
	}

	private static PublishOptions options(String version) {
		return PublishOptions.defaults().withVersion(version).withSyncsInFlight(1);
	}

	private boolean isLeased(String version) {
		return this.store.held().stream().anyMatch((key) -> key.endsWith("/" + version));
	}

	/**
	 * Also of programs that don't ask for a lease, and while a sweep keeps readers out.
	 */
	private void assertNoHalfVersion(String moment) {
		List<String> names = DirectoryContent.of(this.newcomer.directory());
		for (String name : names) {
			if (name.endsWith("/manifest.json")) {
				Path version = Path.of(name).getParent();
				assertThat(names).as(moment).contains(version + "/d/a", version + "/b", version + "/SHA256SUMS");
			}
		}
	}

	private void assertEachVersionIsWhole(String moment) {
		for (PublishedVersion version : this.newcomer.list()) {
			assertThat(this.newcomer.verify(version.name()).problems()).as("%s: %s", moment, version.name()).isEmpty();
		}
	}

	/** All that is there belongs to a version that is whole. */
	private void assertNothingIsLeft(String moment) throws IOException {
		this.newcomer.sweep(Retention.keep(10));
		List<String> versions = this.newcomer.list().stream().map(PublishedVersion::name).toList();
		assertThat(versions).as(moment).contains(this.newcomer.latest().orElseThrow());
		assertThat(DirectoryContent.of(this.newcomer.directory())).as(moment)
			.noneMatch((name) -> name.endsWith(".tmp"))
			.allMatch((name) -> name.equals("latest") || versions.stream()
				.anyMatch((version) -> name.startsWith(version) || name.equals("." + version + ".readers")));
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "DIRECTORY")
	void suspendedAtAnyMomentAPublisherDoesNotMoveThePointer(PointerKind kind) throws Exception {
		int fenced = 0;
		boolean ran = true;
		for (int moment = 1; ran; moment++) {
			next(moment);
			this.newcomer.publish(NEW, options("v1").withPointer(kind));
			String description = "moment " + moment;
			boolean[] leased = new boolean[1];
			Suspended files = new Suspended(moment, () -> {
				leased[0] = isLeased("v2");
				this.store.expire();
				this.newcomer.publish(NEW, options("v3").withPointer(kind));
				this.newcomer.sweep(Retention.keep(1));
			}, () -> assertNoHalfVersion(description));
			Publication stale = publication(files, moment);
			String expected = "v3";
			try {
				stale.publish(STALE, options("v2").withPointer(kind));
				expected = leased[0] ? "v3" : "v2";
			}
			catch (AtomicWriteException ex) {
				assertThat(ex).as(description).isInstanceOf(LockLostException.class);
				assertThat(ex.outcome()).as(description).isEqualTo(WriteOutcome.NOT_COMMITTED);
				fenced++;
			}
			ran = files.ran();
			assertThat(this.newcomer.latest()).as(description).contains(ran ? expected : "v2");
			assertNothingIsLeft(description);
		}
		assertThat(fenced).isGreaterThan(20);
	}

	@Test
	void suspendedBeforeTheStepThatMovesThePointerItIsRevoked() throws Exception {
		this.newcomer.publish(NEW, options("v1"));
		HookedFileOps files = new HookedFileOps(new UnsyncedFileOps());
		files.before(FencedPublicationTests::movesThePointer, 1, () -> {
			this.store.expire();
			this.newcomer.publish(NEW, options("v3"));
		});
		assertThatExceptionOfType(LockLostException.class)
			.isThrownBy(() -> publication(files, 0).publish(STALE, options("v2")))
			.satisfies((ex) -> assertThat(ex.reason()).isEqualTo(LockLostException.Reason.REVOKED))
			.satisfies((ex) -> assertThat(ex.outcome()).isEqualTo(WriteOutcome.NOT_COMMITTED));
		assertThat(files.ran()).isTrue();
		assertThat(this.newcomer.latest()).contains("v3");
		assertNothingIsLeft("the end");
	}

	private static boolean movesThePointer(FileCall call) {
		return call.op() == Op.RENAME && call.other() != null && call.other().endsWith("latest");
	}

	/** The night's export, which another host has repeated meanwhile. */
	@Test
	void suspendedAtAnyMomentAPublisherLeavesAnotherVersionOfItsNameAlone() throws Exception {
		int repeated = 0;
		boolean ran = true;
		for (int moment = 1; ran; moment++) {
			next(moment);
			this.newcomer.publish(NEW, options("v1"));
			String description = "moment " + moment;
			boolean[] again = new boolean[1];
			Suspended files = new Suspended(moment, () -> {
				this.store.expire();
				this.newcomer.sweep(Retention.keep(10));
				try {
					this.newcomer.publish(NEW, options("v2"));
					again[0] = true;
				}
				catch (TargetExistsException ex) {
					// it was finished
				}
			}, () -> assertNoHalfVersion(description));
			try {
				publication(files, moment).publish(STALE, options("v2"));
				assertThat(again[0]).as(description).isFalse();
			}
			catch (AtomicWriteException ex) {
				assertThat(ex.outcome()).as(description).isEqualTo(WriteOutcome.NOT_COMMITTED);
			}
			ran = files.ran();
			if (again[0]) {
				repeated++;
				assertThat(this.newcomer.latest()).as(description).contains("v2");
				assertThat(this.newcomer.directory().resolve("v2/d/a")).as(description).hasContent("newer");
			}
			assertEachVersionIsWhole(description);
			assertNothingIsLeft(description);
		}
		assertThat(repeated).isGreaterThan(20);
	}

	/** Its staging file would be in the directory of the other then. */
	@Test
	void aPublisherChecksItsLeaseBeforeTheFirstFile() throws Exception {
		this.newcomer.publish(NEW, options("v1"));
		HookedFileOps files = new HookedFileOps(new UnsyncedFileOps());
		files.before(
				(call) -> call.op() == Op.CREATE && call.path().getFileName().toString().startsWith(".manifest.json"),
				1, () -> {
					this.store.expire();
					this.newcomer.sweep(Retention.keep(10));
					this.newcomer.publish(NEW, options("v2"));
				});
		assertThatExceptionOfType(LockLostException.class).isThrownBy(
				() -> publication(files, 0).publish((out) -> out.file("other", "stale".getBytes()), options("v2")));
		assertThat(files.ran()).isTrue();
		assertEachVersionIsWhole("the end");
		assertNothingIsLeft("the end");
	}

	/** At each call of the sweep, a publisher that has lost its lease goes on. */
	@Test
	void aVersionThatIsSweptIsNotFinished() throws Exception {
		boolean ran = true;
		int moment = 1;
		for (; ran; moment++) {
			next(moment);
			this.newcomer.publish(NEW, options("v1"));
			String description = "moment " + moment;
			CountDownLatch reached = new CountDownLatch(1);
			CountDownLatch goesOn = new CountDownLatch(1);
			HookedFileOps files = new HookedFileOps(new UnsyncedFileOps());
			files.before(
					(call) -> call.op() == Op.RENAME && call.other() != null && call.other().endsWith("manifest.json"),
					1, () -> {
						reached.countDown();
						uninterrupted(goesOn::await);
					});
			Publication stale = publication(files, moment);
			AtomicReference<Optional<Throwable>> outcome = new AtomicReference<>(Optional.empty());
			Thread publisher = new Thread(() -> {
				try {
					stale.publish(STALE, options("v2"));
				}
				catch (AtomicWriteException ex) {
					outcome.set(Optional.of(ex));
				}
			});
			publisher.start();
			reached.await();
			this.store.expire();
			Suspended sweeping = new Suspended(moment, () -> {
				goesOn.countDown();
				uninterrupted(publisher::join);
			}, () -> assertNoHalfVersion(description));
			publication(sweeping, moment).sweep(Retention.keep(10));
			ran = sweeping.ran();
			goesOn.countDown();
			publisher.join();
			assertThat(outcome.get()).as(description)
				.hasValueSatisfying((ex) -> assertThat(ex).isInstanceOf(LockLostException.class));
			assertThat(this.newcomer.latest()).as(description).contains("v1");
			assertEachVersionIsWhole(description);
			assertNothingIsLeft(description);
		}
		assertThat(moment).isGreaterThan(20);
	}

	private static void uninterrupted(Wait wait) {
		try {
			wait.run();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** It is whole, nobody has been sent there yet, and newer ones have been. */
	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "DIRECTORY")
	void thePointerIsNotMovedToAVersionThatWasSweptMeanwhile(PointerKind kind) throws Exception {
		this.newcomer.publish(NEW, options("v1").withPointer(kind));
		HookedFileOps swept = new HookedFileOps(new UnsyncedFileOps());
		HookedFileOps files = new HookedFileOps(swept);
		files.after((call) -> call.op() == Op.RENAME && call.other() != null && call.other().endsWith("manifest.json"),
				1, () -> this.newcomer.publish(NEW, options("v3").withPointer(kind)));
		swept.before(FencedPublicationTests::movesThePointer, 1, () -> {
			this.store.expire();
			assertThat(this.newcomer.sweep(Retention.keep(1)).removed()).contains("v2");
		});
		assertThatExceptionOfType(LockLostException.class)
			.isThrownBy(() -> publication(files, 0).publish(STALE, options("v2").withPointer(kind)));
		assertThat(swept.ran()).isTrue();
		assertThat(this.newcomer.latest()).contains("v3");
		assertNothingIsLeft("the end");
	}

	@Test
	void suspendedAtAnyMomentARollbackDoesNotMoveThePointer() throws Exception {
		int fenced = 0;
		boolean ran = true;
		for (int moment = 1; ran; moment++) {
			next(moment);
			this.newcomer.publish(NEW, options("v1"));
			this.newcomer.publish(NEW, options("v2"));
			String description = "moment " + moment;
			boolean[] leased = new boolean[1];
			Suspended files = new Suspended(moment, () -> {
				leased[0] = isLeased("v1");
				this.store.expire();
				this.newcomer.publish(NEW, options("v3"));
				this.newcomer.sweep(Retention.keep(1));
			}, () -> assertNoHalfVersion(description));
			String expected = "v3";
			try {
				publication(files, moment).rollbackTo("v1");
				expected = leased[0] ? "v3" : this.newcomer.latest().orElseThrow();
			}
			catch (LockLostException ex) {
				fenced++;
			}
			catch (AtomicWriteException ex) {
				assertThat(ex.outcome()).as("%s: %s", description, ex).isEqualTo(WriteOutcome.NOT_COMMITTED);
			}
			ran = files.ran();
			assertThat(this.newcomer.latest()).as(description).contains(ran ? expected : "v1");
			assertNothingIsLeft(description);
		}
		assertThat(fenced).isGreaterThan(5);
	}

	@Test
	void aRollbackThatLostTheLeaseOfItsVersionMovesNothing() throws Exception {
		this.newcomer.publish(NEW, options("v1"));
		this.newcomer.publish(NEW, options("v2"));
		HookedFileOps files = new HookedFileOps(new UnsyncedFileOps());
		boolean[] opened = new boolean[1];
		// a look at the pointer, whose lease it does not have yet
		files.before((call) -> {
			opened[0] |= call.path().endsWith(".v1.readers");
			return opened[0] && call.op() == Op.KIND && call.path().endsWith("latest");
		}, 1, () -> {
			this.store.expire();
			this.newcomer.publish(NEW, options("v3"));
		});
		assertThatExceptionOfType(LockLostException.class).isThrownBy(() -> publication(files, 0).rollbackTo("v1"));
		assertThat(files.ran()).isTrue();
		assertThat(this.newcomer.latest()).contains("v3");
	}

	private interface Wait {

		void run() throws InterruptedException;

	}

	/** Suspends its caller before one call, and looks around after each later one. */
	private static final class Suspended extends InterceptingFileOps {

		private final Runnable meanwhile;

		private final Runnable look;

		private int left;

		Suspended(int moment, Runnable meanwhile, Runnable look) {
			super(new UnsyncedFileOps());
			this.left = moment;
			this.meanwhile = meanwhile;
			this.look = look;
		}

		/**
		 * Where leases of readers are changed, no other call of this process comes in.
		 */
		private static boolean isWithinATable(FileCall call) {
			return call.op() != Op.CREATE && call.path().toString().endsWith(".readers");
		}

		boolean ran() {
			return this.left <= 0;
		}

		@Override
		protected <T extends @Nullable Object> T intercept(FileCall call, Action<T> action) throws IOException {
			if (this.left > 0 && !isWithinATable(call) && --this.left == 0) {
				this.meanwhile.run();
			}
			T result = action.run();
			if (this.left <= 0 && CHANGES.contains(call.op())) {
				this.look.run();
			}
			return result;
		}

	}

}
