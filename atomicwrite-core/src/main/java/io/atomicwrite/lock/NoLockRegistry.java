package io.atomicwrite.lock;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

import io.atomicwrite.lock.LockRegistry.HeldLock;
import io.atomicwrite.lock.LockRegistry.WaitingLock;

/**
 * Excludes nobody. Stateless, and so safe for use by several threads.
 */
final class NoLockRegistry implements LockRegistry {

	@Override
	public LockScope scope() {
		return LockScope.NONE;
	}

	@Override
	public LockLease acquire(Path target, LockRequest request) {
		return LockLease.none(target);
	}

	@Override
	public LockLeases acquireResolved(Collection<Path> targets, LockRequest request) {
		return LockLeases.none();
	}

	@Override
	public LockInfo inspect(Path target) {
		return LockInfo.free(target);
	}

	@Override
	public List<HeldLock> held() {
		return List.of();
	}

	@Override
	public List<WaitingLock> waiting() {
		return List.of();
	}

	@Override
	public void shutdown() {
		// nobody waits
	}

	@Override
	public void close() {
		// nothing is held
	}

}
