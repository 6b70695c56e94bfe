package io.atomicwrite.lock;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import io.atomicwrite.LockLostException.Reason;
import io.atomicwrite.fs.IoErrors;
import org.jspecify.annotations.Nullable;

/**
 * A lease of a lock store, as long as it is held. Renewed in the background, and once
 * more by each check. Time is measured by the monotonic clock from before a request, so
 * that the lease never seems to last longer than it does for the store. Thread-safe.
 */
final class StoreHold {

	private final StoreCalls calls;

	private final StoreLease lease;

	private final ClusterTimes times;

	private final Renewed renewed;

	/** One renewal at a time, and none after the release. */
	private final Semaphore turn = new Semaphore(1);

	/** When the last renewal that succeeded was asked for. */
	private volatile long extended;

	private volatile @Nullable Loss loss;

	private volatile boolean released;

	StoreHold(StoreCalls calls, StoreLease lease, ClusterTimes times, long asked, Renewed renewed) {
		this.calls = calls;
		this.lease = lease;
		this.times = times;
		this.extended = asked;
		this.renewed = renewed;
	}

	/**
	 * Checks and extends the lease.
	 * @return the loss, or empty if it is held
	 * @throws LockStoreException if that can't be found out in time
	 */
	Optional<Loss> check() throws LockStoreException {
		long start = System.nanoTime();
		if (!takeTurn()) {
			throw new LockStoreException("the lock store has not answered the renewal before");
		}
		try {
			Duration left = this.times.store().minusNanos(System.nanoTime() - start);
			return renew(left.isNegative() ? Duration.ZERO : left);
		}
		catch (LockStoreException ex) {
			// the caller gives up, and no later check takes as long
			lose(Reason.NO_ANSWER, IoErrors.text(ex));
			throw ex;
		}
		finally {
			this.turn.release();
		}
	}

	/** Extends the lease if it is time to, and nobody does already. */
	void renewInBackground() {
		if (!this.turn.tryAcquire()) {
			return;
		}
		try {
			renew(this.times.store());
		}
		catch (LockStoreException ex) {
			// tried again until the lease time has passed; a check before that reports it
		}
		finally {
			this.turn.release();
		}
	}

	boolean isDue() {
		return !this.released && this.loss == null
				&& System.nanoTime() - this.extended >= this.times.lease().toNanos() / 3;
	}

	private Optional<Loss> renew(Duration limit) throws LockStoreException {
		Loss known = this.loss;
		if (known != null) {
			return Optional.of(known);
		}
		if (this.released) {
			return lose(Reason.CLOSED, "it was released");
		}
		if (hasExpired(this.extended)) {
			return lose(Reason.EXPIRED, "its lease time of " + this.times.lease().toMillis()
					+ " ms passed before it could be renewed, so the lock store may have given it to another");
		}
		long asked = System.nanoTime();
		boolean held = this.calls.call(limit, this.lease::renew);
		if (!held) {
			return lose(Reason.TAKEN, "the lock store has let it expire, or has given it to another");
		}
		if (hasExpired(asked)) {
			return lose(Reason.EXPIRED, "the answer of the lock store came after the lease time of "
					+ this.times.lease().toMillis() + " ms");
		}
		this.extended = asked;
		this.renewed.renewed(Duration.ofNanos(System.nanoTime() - asked));
		return Optional.empty();
	}

	private boolean hasExpired(long since) {
		return System.nanoTime() - since >= this.times.lease().toNanos();
	}

	private Optional<Loss> lose(Reason reason, String text) {
		Loss found = new Loss(reason, text);
		this.loss = found;
		return Optional.of(found);
	}

	/** Releases the lease, also one that was lost: the store may have resources of it. */
	void release() throws LockStoreException {
		this.released = true;
		Loss known = this.loss;
		if (known != null && known.reason() == Reason.NO_ANSWER) {
			// it had its time to answer: the writer waits no longer
			this.calls.background().execute(this::releaseQuietly);
			return;
		}
		boolean alone = takeTurn();
		try {
			this.calls.call(this.times.store(), () -> {
				this.lease.release();
				return true;
			});
		}
		finally {
			if (alone) {
				this.turn.release();
			}
		}
	}

	private void releaseQuietly() {
		try {
			this.lease.release();
		}
		catch (LockStoreException | RuntimeException ex) {
			// it ends with its lease time
		}
	}

	private boolean takeTurn() {
		boolean interrupted = Thread.interrupted();
		long deadline = System.nanoTime() + this.times.store().toNanos();
		try {
			while (true) {
				try {
					return this.turn.tryAcquire(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
				}
				catch (InterruptedException ex) {
					interrupted = true;
				}
			}
		}
		finally {
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	/** Is invoked when the store has extended the lease. */
	@FunctionalInterface
	interface Renewed {

		void renewed(Duration took);

	}

	/**
	 * Why a lease is no longer held.
	 *
	 * @param reason the reason
	 * @param text the reason as a part of a message
	 */
	record Loss(Reason reason, String text) {
	}

}
