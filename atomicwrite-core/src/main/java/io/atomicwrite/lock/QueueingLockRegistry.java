package io.atomicwrite.lock;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

import io.atomicwrite.LockHolder;
import io.atomicwrite.LockLostException;
import io.atomicwrite.LockNotAcquiredException;
import io.atomicwrite.LockNotAcquiredException.Reason;
import io.atomicwrite.LockNotAcquiredException.Wait;
import io.atomicwrite.Problem;
import io.atomicwrite.Remedy;
import io.atomicwrite.WriteOutcome;
import io.atomicwrite.WritePhase;
import io.atomicwrite.fs.CanonicalTarget;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.IoErrors;
import io.atomicwrite.isolation.DaemonCalls;
import io.atomicwrite.lock.ExternalLocks.RefusedException;
import io.atomicwrite.lock.LockRegistry.HeldLock;
import io.atomicwrite.lock.LockRegistry.WaitingLock;
import org.jspecify.annotations.Nullable;

/**
 * A registry whose threads queue; the head of the queue acquires the external lock too.
 * Thread-safe.
 */
class QueueingLockRegistry implements LockRegistry {

	private static final Duration RELEASES = Duration.ofSeconds(2);

	private final ExternalLocks locks;

	private final FileOps files;

	private final LockListeners listeners;

	private final InstantSource clock;

	private final LockQueue queue;

	/** Set once what is held is no longer held; {@link #shutdown} does not. */
	private volatile boolean closed;

	QueueingLockRegistry(ExternalLocks locks, FileOps files, InstantSource clock, LockListeners listeners) {
		this.locks = locks;
		this.files = files;
		this.listeners = listeners;
		this.clock = clock;
		this.queue = new LockQueue(clock);
	}

	@Override
	public final LockScope scope() {
		return this.locks.scope();
	}

	@Override
	public final boolean leaseMarksWriter() {
		return this.locks.leaseMarksWriter();
	}

	@Override
	public final LockLease acquire(Path target, LockRequest request) {
		if (request.isNone()) {
			return LockLease.none(target);
		}
		Deadline deadline = Deadline.of(request);
		try {
			return acquire(CanonicalTarget.of(this.files, target).path(), deadline);
		}
		catch (IOException ex) {
			throw notAcquired(target, Reason.FAILED, deadline, deadline.waited(), ex);
		}
	}

	@Override
	public final LockLeases acquireResolved(Collection<Path> targets, LockRequest request) {
		if (request.isNone()) {
			return LockLeases.none();
		}
		Deadline deadline = Deadline.of(request);
		return LockLeases.acquire(targets, (target) -> acquire(target, deadline));
	}

	/** The deadline may have begun with the acquisition of another target. */
	private LockLease acquire(Path canonical, Deadline deadline) {
		long start = System.nanoTime();
		try {
			Ownership ownership = this.queue.enter(this.locks.key(canonical), canonical, deadline);
			Lease lease = lease(canonical, ownership, deadline, start);
			this.listeners.acquired(canonical, lease.waited());
			return lease;
		}
		catch (RefusedException ex) {
			throw notAcquired(canonical, ex.reason(), deadline, since(start), null);
		}
		catch (IOException ex) {
			throw notAcquired(canonical, Reason.FAILED, deadline, since(start), ex);
		}
	}

	private static Duration since(long start) {
		return Duration.ofNanos(System.nanoTime() - start);
	}

	private Lease lease(Path target, Ownership ownership, Deadline deadline, long start)
			throws RefusedException, IOException {
		boolean complete = false;
		try {
			Tenure tenure = ownership.tenure.get();
			if (tenure == null) {
				tenure = begin(ownership, deadline);
			}
			Lease lease = new Lease(target, ownership, tenure, since(start));
			complete = true;
			return lease;
		}
		finally {
			if (!complete) {
				this.queue.leave(ownership, this::end);
			}
		}
	}

	private Tenure begin(Ownership ownership, Deadline deadline) throws RefusedException, IOException {
		refuseIfClosed();
		ExternalLocks.Held held = this.locks.acquire(ownership.owner.target,
				new ExternalLocks.Wait(deadline, () -> this.queue.isEnded(ownership)));
		boolean begun = false;
		try {
			Tenure tenure = new Tenure(held, this.clock.instant());
			ownership.tenure.set(tenure);
			begun = true;
			// close() may have looked for what to release just before
			refuseIfClosed();
			return tenure;
		}
		finally {
			if (!begun) {
				held.release();
			}
		}
	}

	private void refuseIfClosed() throws RefusedException {
		if (this.closed) {
			throw new RefusedException(Reason.CLOSED);
		}
	}

	private LockNotAcquiredException notAcquired(Path target, Reason reason, Deadline deadline, Duration waited,
			@Nullable IOException cause) {
		this.listeners.notAcquired(target, reason, waited);
		LockHolder holder = LockProblems.holder(reason, () -> inspectCanonical(target));
		Wait wait = new Wait(deadline.waited(), deadline.limit(), holder);
		Problem problem = (cause != null) ? LockProblems.failed(cause, this.locks.remedy(cause))
				: LockProblems.refused(reason, wait);
		return new LockNotAcquiredException(target, reason, wait, problem, cause);
	}

	@Override
	public final LockInfo inspect(Path target) {
		return inspectCanonical(canonical(target));
	}

	final Path canonical(Path target) {
		try {
			return CanonicalTarget.of(this.files, target).path();
		}
		catch (IOException ex) {
			throw new LockNotAcquiredException(target, Reason.FAILED, new Wait(Duration.ZERO, null, null),
					LockProblems.failed(ex, this.locks.remedy(ex)), ex);
		}
	}

	private LockInfo inspectCanonical(Path target) {
		Ownership found = this.queue.get(this.locks.key(target));
		Tenure tenure = (found != null) ? found.tenure.get() : null;
		if (found == null || tenure == null) {
			return this.locks.inspect(target);
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
	public final void endWait(Thread thread) {
		this.queue.cancel(thread);
	}

	@Override
	public final void close() {
		shutdown();
		this.closed = true;
		DaemonCalls.run("atomicwrite-release",
				this.queue.all()
					.stream()
					.filter((entry) -> entry.tenure.get() != null)
					.<Runnable>map((entry) -> () -> end(entry))
					.toList(),
				RELEASES);
		DaemonCalls.run("atomicwrite-release", this.locks.endings(), RELEASES);
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
				throw lost(LockLostException.Reason.CLOSED, Problem.of("the lease is closed", Remedy.ACQUIRE_AGAIN),
						null);
			}
			try {
				this.tenure.loss().ifPresent((loss) -> {
					throw lost(this.tenure.reason(), Problem.of("the lock was lost while it was held: " + loss,
							(scope() == LockScope.HOST) ? Remedy.LEAVE_LOCK_FILES : Remedy.TRY_AGAIN), null);
				});
			}
			catch (IOException ex) {
				throw lost(LockLostException.Reason.NO_ANSWER,
						Problem
							.of("the lock could not be checked, so it may be lost: " + IoErrors.text(ex),
									QueueingLockRegistry.this.locks.remedy(ex))
							.causedBy(IoErrors.classify(ex)),
						ex);
			}
		}

		private LockLostException lost(LockLostException.Reason reason, Problem problem, @Nullable IOException cause) {
			QueueingLockRegistry.this.listeners.lost(this.target, reason);
			return new LockLostException(target(), WritePhase.COMMIT, WriteOutcome.NOT_COMMITTED, reason, problem,
					cause);
		}

		@Override
		public boolean isFenced() {
			return scope() == LockScope.CLUSTER;
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
