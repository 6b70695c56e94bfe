package io.atomicwrite.spring.lock;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

import io.atomicwrite.lock.LockStore;
import io.atomicwrite.lock.LockStoreException;
import io.atomicwrite.lock.StoreLease;
import net.javacrumbs.shedlock.core.ExtensibleLockProvider;
import net.javacrumbs.shedlock.core.LockConfiguration;
import net.javacrumbs.shedlock.core.LockProvider;
import net.javacrumbs.shedlock.core.SimpleLock;

/**
 * Locks of a {@link LockProvider} of ShedLock that extends them. Thread-safe.
 *
 * <p>
 * Two traps of the providers over a database. They write the host's name as the owner by
 * default, and processes with the same one extend each other's locks: set
 * {@code withLockedByValue} to a text that no other process has. And they compare with
 * the clock of the host by default: set {@code usingDbTime()}.
 */
public final class ShedLockStore implements LockStore {

	private final LockProvider provider;

	private final InstantSource clock = InstantSource.system();

	private final String client = UUID.randomUUID().toString();

	private final AtomicLong acquisitions = new AtomicLong();

	private ShedLockStore(LockProvider provider) {
		this.provider = provider;
	}

	/**
	 * Creates a store over a provider. Writers are excluded by best effort, because a
	 * provider does not say what its locks are worth.
	 * @param provider the provider
	 * @return the store
	 * @throws UnusableLockStoreException if the provider can't extend its locks
	 */
	public static ShedLockStore of(LockProvider provider) {
		if (!(provider instanceof ExtensibleLockProvider)) {
			throw new UnusableLockStoreException(
					provider.getClass().getName() + " can't extend a lock, so a long write would lose it",
					"Use a provider that is an ExtensibleLockProvider.");
		}
		return new ShedLockStore(provider);
	}

	@Override
	public String name() {
		return "shedlock";
	}

	@Override
	public boolean linearizable() {
		return false;
	}

	@Override
	public Optional<StoreLease> tryAcquire(String key, Duration leaseTime) throws LockStoreException {
		try {
			return this.provider
				.lock(new LockConfiguration(this.clock.instant(), shortened(key), leaseTime, Duration.ZERO))
				.map((lock) -> new Lease(lock, leaseTime, this.client + "#" + this.acquisitions.incrementAndGet()));
		}
		catch (RuntimeException ex) {
			throw new LockStoreException(CauseText.of(ex), ex);
		}
	}

	/** The column of a name has 64 characters. */
	private static String shortened(String key) {
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
			return "atomicwrite-" + HexFormat.of().formatHex(digest, 0, 20);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("every JDK has SHA-256", ex);
		}
	}

	/**
	 * A lock of the provider, which is replaced by each extension.
	 */
	private static final class Lease implements StoreLease {

		private final Duration leaseTime;

		private final String token;

		private volatile SimpleLock lock;

		private volatile boolean lost;

		Lease(SimpleLock lock, Duration leaseTime, String token) {
			this.lock = lock;
			this.leaseTime = leaseTime;
			this.token = token;
		}

		@Override
		public boolean renew() throws LockStoreException {
			try {
				if (this.lost) {
					return false;
				}
				Optional<SimpleLock> extended = this.lock.extend(this.leaseTime, Duration.ZERO);
				extended.ifPresent((next) -> this.lock = next);
				this.lost = extended.isEmpty();
				return extended.isPresent();
			}
			catch (RuntimeException ex) {
				throw new LockStoreException(CauseText.of(ex), ex);
			}
		}

		@Override
		public void release() throws LockStoreException {
			if (this.lost) {
				// a lock that could not be extended accepts no further call
				return;
			}
			try {
				this.lock.unlock();
			}
			catch (RuntimeException ex) {
				throw new LockStoreException(CauseText.of(ex), ex);
			}
		}

		@Override
		public String token() {
			return this.token;
		}

	}

}
