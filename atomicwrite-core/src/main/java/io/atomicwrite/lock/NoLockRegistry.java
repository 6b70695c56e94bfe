package io.atomicwrite.lock;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Excludes nobody.
 */
final class NoLockRegistry implements LockRegistry {

	@Override
	public LockScope scope() {
		return LockScope.NONE;
	}

	@Override
	public LockLease acquire(Path target, LockRequest request) {
		return new LockLease() {

			@Override
			public Path target() {
				return target;
			}

			@Override
			public Duration waited() {
				return Duration.ZERO;
			}

			@Override
			public void ensureHeld() {
				// nothing is held that could be lost
			}

			@Override
			public void close() {
				// nothing is held
			}

		};
	}

	@Override
	public LockInfo inspect(Path target) {
		return new LockInfo(target, LockInfo.State.FREE, null, null, null);
	}

	@Override
	public boolean releaseLeftover(Path target) {
		return false;
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
