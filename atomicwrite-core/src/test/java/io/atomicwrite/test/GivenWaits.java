package io.atomicwrite.test;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

import io.atomicwrite.lock.LockInfo;
import io.atomicwrite.lock.LockLease;
import io.atomicwrite.lock.LockLeases;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.lock.LockRequest;
import io.atomicwrite.lock.LockScope;

/**
 * A registry whose leases report a given wait instead of the measured one. A write that
 * waited looks at its target again, so on a slow disk the calls of two equal writes
 * differ.
 */
final class GivenWaits implements LockRegistry {

	private final LockRegistry delegate;

	private final Duration waited;

	GivenWaits(LockRegistry delegate, Duration waited) {
		this.delegate = delegate;
		this.waited = waited;
	}

	@Override
	public LockScope scope() {
		return this.delegate.scope();
	}

	@Override
	public boolean leaseMarksWriter() {
		return this.delegate.leaseMarksWriter();
	}

	@Override
	public LockLease acquire(Path target, LockRequest request) {
		return new Lease(this.delegate.acquire(target, request));
	}

	@Override
	public LockLeases acquireResolved(Collection<Path> targets, LockRequest request) {
		if (request.isNone()) {
			return LockLeases.none();
		}
		return LockLeases.acquire(targets, (target) -> acquireResolved(target, request));
	}

	private LockLease acquireResolved(Path target, LockRequest request) {
		return new Lease(this.delegate.acquireResolved(List.of(target), request).leases().get(0));
	}

	@Override
	public LockInfo inspect(Path target) {
		return this.delegate.inspect(target);
	}

	@Override
	public List<HeldLock> held() {
		return this.delegate.held();
	}

	@Override
	public List<WaitingLock> waiting() {
		return this.delegate.waiting();
	}

	@Override
	public void endWait(Thread thread) {
		this.delegate.endWait(thread);
	}

	@Override
	public void shutdown() {
		this.delegate.shutdown();
	}

	@Override
	public void close() {
		this.delegate.close();
	}

	private final class Lease implements LockLease {

		private final LockLease lease;

		private Lease(LockLease lease) {
			this.lease = lease;
		}

		@Override
		public Path target() {
			return this.lease.target();
		}

		@Override
		public Duration waited() {
			return GivenWaits.this.waited;
		}

		@Override
		public void ensureHeld() {
			this.lease.ensureHeld();
		}

		@Override
		public void close() {
			this.lease.close();
		}

		@Override
		public Optional<IOException> leftover() {
			return this.lease.leftover();
		}

	}

}
