package io.atomicwrite.test;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

import io.atomicwrite.LockLostException;
import io.atomicwrite.LockNotAcquiredException;
import io.atomicwrite.LockNotAcquiredException.Reason;
import io.atomicwrite.lock.ClusterLockRegistry;
import io.atomicwrite.lock.LockInfo;
import io.atomicwrite.lock.LockLease;
import io.atomicwrite.lock.LockListener;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.lock.LockRequest;
import io.atomicwrite.lock.LockScope;
import io.atomicwrite.lock.LockStoreException;
import io.atomicwrite.test.contract.ExternalLockContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/**
 * Locks of a store: the contract of all registries, and what happens to a lease while the
 * store or the writer stands still.
 */
class ClusterLockRegistryTests extends ExternalLockContract {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final MemoryLockStore store = new MemoryLockStore();

	private final List<LockRegistry> opened = new ArrayList<>();

	ClusterLockRegistryTests() {
		super(LockScope.CLUSTER);
	}

	@Override
	protected LockRegistry create(List<LockListener> listeners) {
		return builder().listeners(() -> listeners).build();
	}

	private ClusterLockRegistry.Builder builder() {
		return LockRegistry.clusterBuilder(this.store).hostLock(false).keys((target) -> Optional.of(target.toString()));
	}

	private ClusterLockRegistry open(ClusterLockRegistry.Builder builder) {
		ClusterLockRegistry registry = builder.build();
		this.opened.add(registry);
		return registry;
	}

	@AfterEach
	void closeOpened() {
		this.store.thaw();
		this.opened.forEach(LockRegistry::close);
	}

	@Test
	void pollsWhereTheStoreHasNoNotifications() {
		this.store.notifying(false);
		LockRegistry other = open(builder());
		LockLease lease = other.acquire(target(), LockRequest.failFast());
		Thread waiter = new Thread(() -> locks().acquire(target(), LockRequest.waitUpTo(PATIENCE)));
		waiter.start();
		await().atMost(PATIENCE).until(() -> locks().waiting().size() == 1);
		lease.close();
		await().atMost(PATIENCE).until(() -> locks().held().size() == 1);
	}

	@Test
	void leaseOfAWriterThatIsGoneIsTakenOverWithoutANotification() throws Exception {
		this.store.tryAcquire("atomicwrite/" + target(), Duration.ofMillis(300));
		LockLease lease = locks().acquire(target(), LockRequest.waitUpTo(PATIENCE));
		lease.ensureHeld();
	}

	@Test
	void longHoldIsRenewedInTheBackground() {
		List<String> renewed = new CopyOnWriteArrayList<>();
		LockRegistry locks = open(builder().leaseTime(Duration.ofSeconds(3))
			.storeTimeout(Duration.ofSeconds(2))
			.listener(new LockListener() {
				@Override
				public void renewed(Path target, Duration took) {
					renewed.add(target.toString());
				}
			}));
		LockLease lease = locks.acquire(target(), LockRequest.failFast());
		await().atMost(PATIENCE).until(() -> this.store.renewals() >= 2);
		assertThat(this.store.held()).containsExactly("atomicwrite/" + target());
		assertThat(renewed).contains(target().toString());
		lease.close();
		assertThat(this.store.held()).isEmpty();
	}

	@Test
	void checkExtendsTheLease() {
		LockLease lease = locks().acquire(target(), LockRequest.failFast());
		lease.ensureHeld();
		assertThat(this.store.renewals()).isEqualTo(1);
	}

	@Test
	void leaseThatTheStoreHasGivenToAnotherIsLost() {
		LockLease lease = locks().acquire(target(), LockRequest.failFast());
		this.store.expire();
		LockLease next = elsewhere(() -> open(builder()).acquire(target(), LockRequest.failFast()));
		assertThatExceptionOfType(LockLostException.class).isThrownBy(lease::ensureHeld)
			.satisfies((ex) -> assertThat(ex.reason()).isEqualTo(LockLostException.Reason.TAKEN));
		lease.close();
		next.ensureHeld();
	}

	@Test
	void leaseThatCouldNotBeRenewedInTimeIsLostWhateverTheStoreSaysLater() {
		LockRegistry locks = open(builder().leaseTime(Duration.ofSeconds(2)).storeTimeout(Duration.ofSeconds(1)));
		LockLease lease = locks.acquire(target(), LockRequest.failFast());
		this.store.fail("down");
		await().pollDelay(Duration.ofMillis(2500)).atMost(PATIENCE).until(() -> true);
		this.store.thaw();
		assertThatExceptionOfType(LockLostException.class).isThrownBy(lease::ensureHeld)
			.satisfies((ex) -> assertThat(ex.reason()).isEqualTo(LockLostException.Reason.EXPIRED));
	}

	@Test
	void checkThatGetsNoAnswerIsALossThatLasts() {
		LockRegistry locks = open(builder().storeTimeout(Duration.ofSeconds(1)));
		LockLease lease = locks.acquire(target(), LockRequest.failFast());
		this.store.freeze();
		assertThatExceptionOfType(LockLostException.class).isThrownBy(lease::ensureHeld)
			.withMessageContaining("the lock store memory did not answer within")
			.satisfies((ex) -> assertThat(ex.reason()).isEqualTo(LockLostException.Reason.NO_ANSWER));
		this.store.thaw();
		assertThatExceptionOfType(LockLostException.class).isThrownBy(lease::ensureHeld);
	}

	@Test
	void interruptNeitherEndsACheckNorIsLost() {
		LockLease lease = locks().acquire(target(), LockRequest.failFast());
		Thread.currentThread().interrupt();
		lease.ensureHeld();
		assertThat(Thread.interrupted()).isTrue();
	}

	@Test
	void storeThatFailsRefusesTheLockWithItsReason() {
		this.store.fail("connection refused");
		assertThatExceptionOfType(LockNotAcquiredException.class)
			.isThrownBy(() -> locks().acquire(target(), LockRequest.failFast()))
			.withMessageContaining("the lock store memory: connection refused")
			.satisfies((ex) -> assertThat(ex.reason()).isEqualTo(Reason.FAILED));
	}

	@Test
	void storeThatHangsRefusesTheLockAndALateLockIsGivenBack() {
		ClusterLockRegistry locks = open(builder().storeTimeout(Duration.ofSeconds(1)));
		locks.acquire(target(), LockRequest.failFast()).close();
		this.store.freeze();
		assertThatExceptionOfType(LockNotAcquiredException.class)
			.isThrownBy(() -> locks.acquire(target(), LockRequest.waitUpTo(PATIENCE)))
			.withMessageContaining("did not answer within 1000 ms");
		assertThatExceptionOfType(LockStoreException.class).isThrownBy(locks::ping);
		this.store.thaw();
		await().atMost(PATIENCE).until(() -> locks.tryAcquire(target()).isPresent());
	}

	@Test
	void lockThatCanNotBeLookedAtCountsAsHeld() {
		this.store.fail("down");
		assertThat(locks().inspect(target()).state()).isEqualTo(LockInfo.State.HELD);
	}

	@Test
	void ownerOfTheStoreIsNamed() {
		elsewhere(() -> open(builder()).acquire(target(), LockRequest.failFast()));
		assertThat(locks().inspect(target()).owner()).isEqualTo("owner 1");
		assertThatExceptionOfType(LockNotAcquiredException.class)
			.isThrownBy(() -> locks().acquire(target(), LockRequest.failFast()))
			.withMessageContaining("'owner 1' of the lock store");
	}

	@Test
	void storeIsRefusedWhileTheClocksDiffer() {
		this.store.skew(Duration.ofSeconds(-20));
		assertThatExceptionOfType(LockNotAcquiredException.class)
			.isThrownBy(() -> locks().acquire(target(), LockRequest.failFast()))
			.withMessageContaining("differs by 20000 ms");
		this.store.skew(Duration.ofMillis(20));
		locks().acquire(target(), LockRequest.failFast()).ensureHeld();
	}

	@Test
	void twoMountsOfADirectoryHaveOneLock() throws Exception {
		Path real = Files.createDirectory(directory().toRealPath().resolve("share"));
		Path one = Files.createDirectories(real.resolve("sub"));
		LockRegistry here = open(LockRegistry.clusterBuilder(this.store).hostLock(false).directory("data", real));
		here.acquire(one.resolve("cfg"), LockRequest.failFast());
		assertThat(this.store.held()).containsExactly("atomicwrite/data/sub/cfg");
	}

	@Test
	void innermostManagedDirectoryNamesTheLock() throws Exception {
		Path real = directory().toRealPath();
		Path inner = Files.createDirectory(real.resolve("inner"));
		Path link = Files.createSymbolicLink(real.resolve("link"), inner);
		LockRegistry here = open(LockRegistry.clusterBuilder(this.store)
			.hostLock(false)
			.keyPrefix("app")
			.directory("outer", real)
			.directory("inner", link));
		here.acquire(link.resolve("cfg"), LockRequest.failFast());
		assertThat(this.store.held()).containsExactly("app/inner/cfg");
	}

	@Test
	void targetWithoutACommonNameIsRefused() {
		LockRegistry here = open(LockRegistry.clusterBuilder(this.store).hostLock(false));
		assertThatExceptionOfType(LockNotAcquiredException.class)
			.isThrownBy(() -> here.acquire(target(), LockRequest.failFast()))
			.withMessageContaining("in no managed directory")
			.withMessageContaining("put the file into a managed directory");
		assertThat(this.store.held()).isEmpty();
	}

	@Test
	void lockFileIsLockedToo() {
		LockRegistry here = open(builder().hostLock(true));
		LockLease lease = here.acquire(target(), LockRequest.failFast());
		assertThat(elsewhere(() -> LockRegistry.file().tryAcquire(target()))).isEmpty();
		lease.close();
		assertThat(elsewhere(() -> LockRegistry.file().tryAcquire(target()))).isPresent();
	}

	@Test
	void timesMustFit() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> builder().leaseTime(Duration.ofSeconds(1)).storeTimeout(Duration.ofSeconds(1)).build());
		assertThatIllegalArgumentException().isThrownBy(() -> builder().leaseTime(Duration.ofMillis(1)).build());
		assertThatIllegalArgumentException().isThrownBy(() -> builder().directory("a/b", directory()));
	}

}
