package io.atomicwrite.lock;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

import io.atomicwrite.fs.FileOps;

/**
 * The registry over a lock store: a queue whose head asks the store.
 */
final class StoreLockRegistry extends QueueingLockRegistry implements ClusterLockRegistry, LockFileRegistry {

	private final LockStore store;

	private final StoreLocks locks;

	private final HostLayer host;

	StoreLockRegistry(LockStore store, StoreLocks locks, ClusterLocks external, HostLayer host, FileOps files,
			InstantSource clock, LockListeners listeners) {
		super(external, files, clock, listeners);
		this.store = store;
		this.locks = locks;
		this.host = host;
	}

	@Override
	public String store() {
		return this.store.name();
	}

	@Override
	public boolean linearizable() {
		return this.store.linearizable();
	}

	@Override
	public void ping() throws LockStoreException {
		this.locks.ping();
	}

	@Override
	public Optional<Path> leftover(Path target) {
		return leftovers(target).stream().findFirst();
	}

	@Override
	public List<Path> leftovers(Path target) {
		try {
			return this.host.leftovers(canonical(target));
		}
		catch (IOException ex) {
			// what can't be looked at is not known to be left over
			return List.of();
		}
	}

	@Override
	public boolean releaseLeftover(Path target) {
		return release(target, (file) -> true);
	}

	@Override
	public boolean releaseLeftover(Path target, Path lockFile) {
		return release(target, lockFile::equals);
	}

	private boolean release(Path target, Predicate<Path> chosen) {
		try {
			return this.host.releaseLeftovers(canonical(target), chosen);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(target + ": the lock file can't be released: " + ex.getMessage(), ex);
		}
	}

}
