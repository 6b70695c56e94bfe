package io.atomicwrite.spring.autoconfigure;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

import io.atomicwrite.lock.LockInfo;
import io.atomicwrite.lock.LockLease;
import io.atomicwrite.lock.LockLeases;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.lock.LockRequest;
import io.atomicwrite.lock.LockScope;

/**
 * One registry that also shows what is held and awaited through all others of the
 * application, for the endpoint and the metrics.
 */
final class ObservedLocks implements LockRegistry {

	private final LockRegistry own;

	private final Supplier<? extends Collection<LockRegistry>> all;

	/**
	 * Creates a view.
	 * @param own the registry whose locks are acquired
	 * @param all all registries
	 */
	ObservedLocks(LockRegistry own, Supplier<? extends Collection<LockRegistry>> all) {
		this.own = own;
		this.all = all;
	}

	@Override
	public LockScope scope() {
		return this.own.scope();
	}

	@Override
	public boolean leaseMarksWriter() {
		return this.own.leaseMarksWriter();
	}

	@Override
	public boolean linearizable() {
		return this.own.linearizable();
	}

	@Override
	public LockLease acquire(Path target, LockRequest request) {
		return this.own.acquire(target, request);
	}

	@Override
	public LockLeases acquireResolved(Collection<Path> targets, LockRequest request) {
		return this.own.acquireResolved(targets, request);
	}

	@Override
	public LockInfo inspect(Path target) {
		return this.own.inspect(target);
	}

	@Override
	public List<HeldLock> held() {
		return all(LockRegistry::held);
	}

	@Override
	public List<WaitingLock> waiting() {
		return all(LockRegistry::waiting);
	}

	private <T> List<T> all(Function<LockRegistry, List<T>> locks) {
		return this.all.get().stream().flatMap((registry) -> locks.apply(registry).stream()).toList();
	}

	@Override
	public void endWait(Thread thread) {
		this.own.endWait(thread);
	}

	@Override
	public void shutdown() {
		this.own.shutdown();
	}

	@Override
	public void close() {
		this.own.close();
	}

}
