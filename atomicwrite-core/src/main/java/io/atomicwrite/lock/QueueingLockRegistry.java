package io.atomicwrite.lock;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

import io.atomicwrite.LockLostException;
import io.atomicwrite.LockNotAcquiredException;
import io.atomicwrite.LockNotAcquiredException.Reason;
import io.atomicwrite.WritePhase;
import io.atomicwrite.fs.CanonicalTarget;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.IoErrors;
import io.atomicwrite.lock.LockQueue.Refused;
import org.jspecify.annotations.Nullable;

/**
 * A registry whose threads queue, and whose queue's head may take a host lock too.
 */
abstract class QueueingLockRegistry implements LockRegistry {

	private final FileOps files;

	private final LockListeners listeners;

	private final InstantSource clock;

	private final LockQueue queue;

	/** Set once what is held is no longer held; {@link #shutdown} does not. */
	private volatile boolean closed;

	QueueingLockRegistry(FileOps files, InstantSource clock, List<LockListener> listeners) {
		this.files = files;
		this.listeners = new LockListeners(listeners);
		this.clock = clock;
		this.queue = new LockQueue(clock);
	}

	/** Acquires what excludes other processes, if this registry does. */
	abstract HostLocks.@Nullable Held lockHost(Path target, Deadline deadline) throws Refused, IOException;

	/** What the lock of a target shares with the locks of others. */
	Path key(Path target) {
		return target;
	}

	final FileOps files() {
		return this.files;
	}

	final LockQueue queue() {
		return this.queue;
	}

	@Override
	public final LockLease acquire(Path target, LockRequest request) {
		Deadline deadline = Deadline.of(request);
		Path canonical = request.canonicalTarget() ? target : canonical(target, deadline);
		try {
			Ownership ownership = this.queue.enter(key(canonical), canonical, deadline);
			Lease lease = lease(canonical, ownership, deadline);
			this.listeners.acquired(canonical, lease.waited());
			return lease;
		}
		catch (Refused ex) {
			throw notAcquired(canonical, ex.reason(), deadline, null);
		}
		catch (IOException ex) {
			throw notAcquired(canonical, Reason.FAILED, deadline, ex);
		}
	}

	final Path canonical(Path target, Deadline deadline) {
		try {
			return CanonicalTarget.of(this.files, target).path();
		}
		catch (IOException ex) {
			throw notAcquired(target, Reason.FAILED, deadline, ex);
		}
	}

	private Lease lease(Path target, Ownership ownership, Deadline deadline) throws Refused, IOException {
		boolean complete = false;
		try {
			Tenure tenure = ownership.tenure.get();
			if (tenure == null) {
				tenure = begin(ownership, deadline);
			}
			Lease lease = new Lease(target, ownership, tenure, deadline.waited());
			complete = true;
			return lease;
		}
		finally {
			if (!complete) {
				this.queue.leave(ownership, this::end);
			}
		}
	}

	private Tenure begin(Ownership ownership, Deadline deadline) throws Refused, IOException {
		refuseIfClosed();
		HostLocks.Held hostLock = lockHost(ownership.owner.target, deadline);
		boolean begun = false;
		try {
			Tenure tenure = new Tenure(hostLock, this.clock.instant());
			ownership.tenure.set(tenure);
			begun = true;
			// close() may have looked for what to release just before
			refuseIfClosed();
			return tenure;
		}
		finally {
			if (!begun && hostLock != null) {
				hostLock.release();
			}
		}
	}

	private void refuseIfClosed() throws Refused {
		if (this.closed) {
			throw new Refused(Reason.CLOSED);
		}
	}

	private LockNotAcquiredException notAcquired(Path target, Reason reason, Deadline deadline,
			@Nullable IOException cause) {
		Duration waited = deadline.waited();
		this.listeners.notAcquired(target, reason, waited);
		return new LockNotAcquiredException(target, reason, waited, message(target, reason, deadline, cause), cause);
	}

	private String message(Path target, Reason reason, Deadline deadline, @Nullable IOException cause) {
		return switch (reason) {
			case BUSY -> "locked by " + holder(target) + "; nothing was written, try again later or allow to wait";
			case TIMEOUT -> "lock not acquired within " + deadline.limit() + ", held by " + holder(target)
					+ "; nothing was written, allow a longer wait or see what the holder does";
			case INTERRUPTED ->
				"interrupted while waiting for the lock held by " + holder(target) + "; nothing was written";
			case SELF_DEADLOCK -> "this thread holds the lock already through another lock registry and would wait for "
					+ "itself; share one registry";
			case CLOSED -> "the lock registry is closed; nothing was written";
			case FAILED -> (cause != null) ? "the lock can't be used: " + IoErrors.text(cause) + "; " + remedy(cause)
					: "the lock can't be used";
		};
	}

	private static String remedy(IOException cause) {
		return (cause instanceof HostLock.ForeignFileException) ? "nothing was written, move it away"
				: IoErrors.classify(cause).remedy();
	}

	private String holder(Path target) {
		LockInfo info = inspectCanonical(target);
		if (info.thread() != null) {
			return "thread '" + info.thread() + "' of this process";
		}
		return (info.pid() != null) ? "process " + info.pid() : "another process";
	}

	@Override
	public final LockInfo inspect(Path target) {
		return inspectCanonical(canonical(target, Deadline.of(LockRequest.failFast())));
	}

	LockInfo inspectCanonical(Path target) {
		Ownership found = this.queue.get(key(target));
		Tenure tenure = (found != null) ? found.tenure.get() : null;
		if (found == null || tenure == null) {
			return new LockInfo(target, LockInfo.State.FREE, null, null, null);
		}
		return new LockInfo(target, LockInfo.State.HELD, ProcessHandle.current().pid(), found.owner.thread.getName(),
				tenure.since);
	}

	@Override
	public final List<HeldLock> held() {
		return this.queue.held();
	}

	@Override
	public final List<WaitingLock> waiting() {
		return this.queue.waiting();
	}

	@Override
	public final void shutdown() {
		this.queue.close();
	}

	@Override
	public final void close() {
		shutdown();
		this.closed = true;
		this.queue.all().forEach(this::end);
	}

	private void end(Ownership ownership) {
		Tenure tenure = ownership.tenure.getAndSet(null);
		if (tenure != null) {
			try {
				tenure.release();
			}
			finally {
				this.listeners.released(ownership.owner.target, tenure.length());
			}
			IOException left = tenure.leftover;
			if (left != null) {
				this.listeners.leftOver(ownership.owner.target, left);
			}
		}
	}

	/**
	 * One hold of an owned lock.
	 */
	private final class Lease implements LockLease {

		private final Path target;

		private final Ownership ownership;

		private final Tenure tenure;

		private final Duration waited;

		private final AtomicBoolean closed = new AtomicBoolean();

		Lease(Path target, Ownership ownership, Tenure tenure, Duration waited) {
			this.target = target;
			this.ownership = ownership;
			this.tenure = tenure;
			this.waited = waited;
		}

		@Override
		public Path target() {
			return this.target;
		}

		@Override
		public Duration waited() {
			return this.waited;
		}

		@Override
		public void ensureHeld() {
			if (this.closed.get() || this.ownership.tenure.get() != this.tenure) {
				throw new LockLostException(target(), WritePhase.COMMIT, "the lease is closed; acquire it again", null);
			}
			try {
				if (!this.tenure.isHeld()) {
					throw new LockLostException(target(), WritePhase.COMMIT,
							"the lock was lost while it was held: its lock file was deleted, or was opened and closed "
									+ "elsewhere in this process; nothing was committed, leave lock files alone",
							null);
				}
			}
			catch (IOException ex) {
				throw new LockLostException(target(), WritePhase.COMMIT,
						"it can't be told whether the lock is still held: " + IoErrors.text(ex)
								+ "; nothing was committed",
						ex);
			}
		}

		@Override
		public void close() {
			if (this.closed.compareAndSet(false, true)) {
				QueueingLockRegistry.this.queue.leave(this.ownership, QueueingLockRegistry.this::end);
			}
		}

		@Override
		public Optional<IOException> leftover() {
			return Optional.ofNullable(this.tenure.leftover);
		}

	}

}
