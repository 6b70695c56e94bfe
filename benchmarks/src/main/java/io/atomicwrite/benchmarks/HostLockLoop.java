package io.atomicwrite.benchmarks;

import java.nio.file.Path;
import java.util.function.LongUnaryOperator;

import io.atomicwrite.lock.LockLease;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.lock.LockRequest;

/**
 * Acquires, checks and releases a lock of one host, a number of times, and returns how
 * many nanoseconds it took. Loaded once for each state of the engine that is compared.
 */
public final class HostLockLoop implements LongUnaryOperator {

	private final LockRegistry locks = LockRegistry.file();

	private final Path target;

	/**
	 * Creates a loop.
	 * @param target whose lock is acquired
	 */
	public HostLockLoop(Path target) {
		this.target = target;
	}

	@Override
	public long applyAsLong(long times) {
		long start = System.nanoTime();
		for (long round = 0; round < times; round++) {
			try (LockLease lease = this.locks.acquire(this.target, LockRequest.failFast())) {
				lease.ensureHeld();
			}
		}
		return System.nanoTime() - start;
	}

}
