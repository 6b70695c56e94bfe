package io.atomicwrite.spring.lock;

import java.time.Duration;
import java.util.ConcurrentModificationException;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

import io.atomicwrite.isolation.DaemonCalls;
import io.atomicwrite.lock.LockStore;
import io.atomicwrite.lock.LockStoreException;
import io.atomicwrite.lock.StoreLease;

import org.springframework.integration.support.locks.DistributedLock;
import org.springframework.integration.support.locks.LockRegistry;
import org.springframework.integration.support.locks.RenewableLockRegistry;

/**
 * Locks of a registry of Spring Integration that renews them, such as
 * {@code RedisLockRegistry}. Thread-safe.
 *
 * <p>
 * The locks of these registries belong to the thread that has acquired them, so each
 * lease keeps a thread of its own from its acquisition to its release. A lock is not
 * waited for: one that is busy is refused at once.
 *
 * <p>
 * The registry's client limits each request: set its command timeout no longer than
 * {@code atomicwrite.lock.store-timeout}. Give no scheduler for renewals to the registry:
 * the engine renews, and stops when the lock is lost.
 */
public final class SpringIntegrationLockStore implements LockStore {

	private static final String JDBC = "org.springframework.integration.jdbc.lock.JdbcLockRegistry";

	/** How the registries report a lock that is not held any more. */
	private static final String NOT_RENEWED = "Could not renew";

	private static final AtomicLong THREADS = new AtomicLong();

	private final RenewableLockRegistry<?> registry;

	private final String name;

	private final String client = UUID.randomUUID().toString();

	private final AtomicLong acquisitions = new AtomicLong();

	private final ExecutorService threads = Executors
		.newCachedThreadPool((hold) -> DaemonCalls.thread("atomicwrite-hold-" + THREADS.incrementAndGet(), hold));

	private SpringIntegrationLockStore(RenewableLockRegistry<?> registry, String name) {
		this.registry = registry;
		this.name = name;
	}

	/**
	 * Creates a store over a registry. Writers are excluded by best effort: Redis, which
	 * replicates asynchronously, may grant a lock twice when it fails over.
	 * @param registry the registry
	 * @return the store
	 * @throws UnusableLockStoreException if the registry can't renew its locks for a
	 * given time, or is a {@code JdbcLockRegistry}; the message says what to use instead
	 */
	public static SpringIntegrationLockStore of(LockRegistry<?> registry) {
		String type = registry.getClass().getName();
		if (type.equals(JDBC)) {
			throw new UnusableLockStoreException(
					"JdbcLockRegistry retries failed requests without a limit, and hides the database whose clock must be "
							+ "compared",
					"Use JdbcLockStore.of(lockRepository, dataSource) with the LockRepository that the registry is made of, "
							+ "or name that bean.");
		}
		if (!(registry instanceof RenewableLockRegistry<?> renewable)
				|| !(registry.obtain("atomicwrite.probe") instanceof DistributedLock)) {
			throw new UnusableLockStoreException(
					type + " can't renew a lock for a given time, so a long write would lose it",
					"Use a RedisLockRegistry, a LockRepository over JDBC, a Client of etcd or a LockStore of your own.");
		}
		return new SpringIntegrationLockStore(renewable,
				registry.getClass().getSimpleName().replace("LockRegistry", "").toLowerCase(Locale.ROOT));
	}

	@Override
	public String name() {
		return this.name;
	}

	@Override
	public boolean linearizable() {
		return false;
	}

	@Override
	public Optional<StoreLease> tryAcquire(String key, Duration leaseTime) throws LockStoreException {
		Hold hold = new Hold(key, leaseTime);
		return hold.thread.begin(this.threads) ? Optional.of(hold) : Optional.empty();
	}

	/**
	 * One acquisition. Everything that touches the lock runs in its thread.
	 */
	private final class Hold implements StoreLease {

		private final String key;

		private final Duration leaseTime;

		private final String token;

		private final HoldThread thread;

		Hold(String key, Duration leaseTime) {
			this.key = key;
			this.leaseTime = leaseTime;
			this.token = SpringIntegrationLockStore.this.client + "#"
					+ SpringIntegrationLockStore.this.acquisitions.incrementAndGet();
			this.thread = new HoldThread(this::lock, this::unlock);
		}

		private DistributedLock obtain() {
			return (DistributedLock) SpringIntegrationLockStore.this.registry.obtain(this.key);
		}

		private boolean lock() throws InterruptedException {
			return obtain().tryLock(Duration.ZERO, this.leaseTime);
		}

		private void unlock() {
			try {
				obtain().unlock();
			}
			catch (ConcurrentModificationException ex) {
				// it had expired: what is not held needs no release
			}
		}

		@Override
		public boolean renew() throws LockStoreException {
			return this.thread.call(() -> {
				try {
					SpringIntegrationLockStore.this.registry.renewLock(this.key, this.leaseTime);
					return true;
				}
				catch (IllegalStateException ex) {
					if (String.valueOf(ex.getMessage()).startsWith(NOT_RENEWED)) {
						return false;
					}
					throw ex;
				}
			});
		}

		@Override
		public void release() throws LockStoreException {
			this.thread.end();
		}

		@Override
		public String token() {
			return this.token;
		}

	}

}
