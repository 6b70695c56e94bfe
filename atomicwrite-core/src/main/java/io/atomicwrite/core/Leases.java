package io.atomicwrite.core;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

import io.atomicwrite.lock.LockLease;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.lock.LockRequest;

/**
 * The leases of one operation: in the order of their targets, so that two operations
 * can't wait for each other, and under one deadline.
 */
final class Leases {

	/** A wait that long means that someone else had the lease. */
	private static final long CONTENDED_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

	private final List<LockLease> held;

	private Leases(List<LockLease> held) {
		this.held = held;
	}

	static Leases acquire(LockRegistry locks, LockPolicy policy, Collection<Path> targets) {
		LockRequest request = policy.request();
		List<LockLease> held = new ArrayList<>(targets.size());
		Leases leases = new Leases(held);
		if (request == null) {
			return leases;
		}
		try {
			long start = System.nanoTime();
			for (Path target : new TreeSet<>(targets)) {
				held.add(locks.acquire(target, remaining(request, start).forCanonicalTarget()));
			}
			return leases;
		}
		catch (Throwable ex) {
			leases.close();
			throw ex;
		}
	}

	private static LockRequest remaining(LockRequest request, long start) {
		Duration timeout = request.timeout();
		if (timeout == null || timeout.isZero()) {
			return request;
		}
		Duration left = timeout.minusNanos(System.nanoTime() - start);
		return LockRequest.waitUpTo((left.isNegative() || left.isZero()) ? Duration.ofNanos(1) : left);
	}

	boolean isEmpty() {
		return this.held.isEmpty();
	}

	/** Whether someone else had one of them, and may have changed what was resolved. */
	boolean contended() {
		return this.held.stream().anyMatch((lease) -> lease.waited().toNanos() > CONTENDED_NANOS);
	}

	void ensureHeld() {
		for (LockLease lease : this.held) {
			lease.ensureHeld();
		}
	}

	/** Releases what is held, the last one first. */
	void close() {
		for (int i = this.held.size() - 1; i >= 0; i--) {
			this.held.get(i).close();
		}
	}

	/** Returns why the file of a lock is left over, once they are closed. */
	Optional<IOException> leftover() {
		return this.held.stream().flatMap((lease) -> lease.leftover().stream()).findFirst();
	}

}
