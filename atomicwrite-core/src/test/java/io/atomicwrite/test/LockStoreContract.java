package io.atomicwrite.test;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.atomicwrite.lock.LockStore;
import io.atomicwrite.lock.LockStoreException;
import io.atomicwrite.lock.StoreLease;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What every lock store must do, against a real server: two clients of it, as two hosts
 * have them.
 */
public abstract class LockStoreContract {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	/** Longer than any pause of a machine under load. */
	private static final Duration LONG = Duration.ofSeconds(60);

	private static final AtomicInteger KEYS = new AtomicInteger();

	private String key = "";

	/**
	 * Returns the store as one host sees it.
	 * @return the store
	 */
	protected abstract LockStore here();

	/**
	 * Returns the store as another host sees it.
	 * @return the store
	 */
	protected abstract LockStore there();

	/**
	 * Returns a lease time after which a lock that is not renewed soon ends.
	 * @return the time, as short as the store can
	 */
	protected abstract Duration shortLease();

	@BeforeEach
	void takeAnotherKey() {
		this.key = "contract/" + ProcessHandle.current().pid() + "/" + KEYS.incrementAndGet();
	}

	private StoreLease acquired(LockStore store, Duration leaseTime) throws LockStoreException {
		return store.tryAcquire(this.key, leaseTime).orElseThrow();
	}

	@Test
	void aLockHasOneHolder() throws IOException {
		StoreLease lease = acquired(here(), LONG);
		assertThat(there().tryAcquire(this.key, LONG)).isEmpty();
		assertThat(here().tryAcquire(this.key, LONG)).isEmpty();
		lease.release();
		acquired(there(), LONG).release();
	}

	@Test
	void otherKeysAreOtherLocks() throws IOException {
		StoreLease lease = acquired(here(), LONG);
		StoreLease other = there().tryAcquire(this.key + " ", LONG).orElseThrow();
		assertThat(other.token()).isNotEmpty();
		other.release();
		lease.release();
	}

	@Test
	void aKeyIsAnyText() throws IOException {
		String any = this.key + "/äöü 日本 '\"\\%:{}*?\n" + "x".repeat(5000);
		StoreLease lease = here().tryAcquire(any, LONG).orElseThrow();
		assertThat(there().tryAcquire(any, LONG)).isEmpty();
		StoreLease longer = there().tryAcquire(any + "x", LONG).orElseThrow();
		longer.release();
		lease.release();
	}

	@Test
	void anotherThreadRenewsAndReleases() throws Exception {
		StoreLease lease = acquired(here(), LONG);
		assertThat(elsewhere(lease::renew)).isTrue();
		elsewhere(() -> {
			lease.release();
			return true;
		});
		acquired(there(), LONG).release();
	}

	@Test
	void aRenewedLockOutlivesItsLeaseTime() throws IOException {
		long end = System.nanoTime() + shortLease().multipliedBy(3).toNanos();
		long extended = System.nanoTime();
		StoreLease lease = acquired(here(), shortLease());
		while (System.nanoTime() < end) {
			long before = System.nanoTime();
			if (!lease.renew()) {
				assertThat(since(extended)).as("renewed too late").isGreaterThanOrEqualTo(shortLease());
				break;
			}
			extended = before;
			Optional<StoreLease> other = there().tryAcquire(this.key, shortLease());
			if (other.isPresent()) {
				assertThat(since(extended)).as("looked too late").isGreaterThanOrEqualTo(shortLease());
				other.get().release();
				break;
			}
		}
		lease.release();
	}

	/** A machine under load may stop a thread for longer than a lease. */
	private static Duration since(long start) {
		return Duration.ofNanos(System.nanoTime() - start);
	}

	@Test
	void aLockThatIsNotRenewedEndsAndIsLost() throws IOException {
		StoreLease lease = acquired(here(), shortLease());
		StoreLease next = await().atMost(PATIENCE)
			.until(() -> there().tryAcquire(this.key, LONG), Optional::isPresent)
			.orElseThrow();
		assertThat(lease.renew()).isFalse();
		lease.release();
		assertThat(next.renew()).isTrue();
		next.release();
	}

	@Test
	void aLockThatEndedIsNotTakenForHeldAfterItsNextHolder() throws IOException {
		StoreLease lease = acquired(here(), shortLease());
		await().atMost(PATIENCE)
			.until(() -> there().tryAcquire(this.key, LONG), Optional::isPresent)
			.orElseThrow()
			.release();
		assertThat(lease.renew()).isFalse();
		lease.release();
		acquired(here(), LONG).release();
	}

	@Test
	void aWaiterIsNotifiedOfTheRelease() throws Exception {
		StoreLease lease = acquired(here(), LONG);
		CompletableFuture<Boolean> released = new CompletableFuture<>();
		Optional<LockStore.Subscription> subscription = there().subscribe(this.key, () -> released.complete(true));
		lease.release();
		if (subscription.isPresent()) {
			assertThat(released.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
			subscription.get().close();
		}
	}

	@Test
	void theStoreAnswersAndItsClockIsKnown() throws IOException {
		here().ping();
		assertThat(here().name()).isNotEmpty();
		assertThat(here().clockSkew().orElse(Duration.ZERO).abs()).isLessThan(PATIENCE);
		assertThat(here().owner(this.key)).isEmpty();
	}

	private static <T> T elsewhere(Call<T> call) throws Exception {
		CompletableFuture<T> result = new CompletableFuture<>();
		Thread thread = new Thread(() -> {
			try {
				result.complete(call.run());
			}
			catch (IOException ex) {
				result.completeExceptionally(ex);
			}
		});
		thread.start();
		return result.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
	}

	/**
	 * A call of a store.
	 */
	@FunctionalInterface
	private interface Call<T> {

		T run() throws IOException;

	}

}
