package io.atomicwrite.lock;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

import io.atomicwrite.LockLostException;
import io.atomicwrite.Remedy;
import io.atomicwrite.artifact.StagingRevocation;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.lock.StoreHold.Loss;
import org.jspecify.annotations.Nullable;

/**
 * Excludes the writers of several hosts by a lock store. Whoever acquires a lock first
 * revokes the staging files of those who had it before, so that none of them can commit
 * any more: see {@code docs/concepts/locking.md}. Thread-safe.
 */
final class ClusterLocks implements ExternalLocks {

	private final FileOps files;

	private final StoreLocks store;

	private final LockKeys keys;

	private final String prefix;

	private final HostLayer host;

	ClusterLocks(FileOps files, StoreLocks store, LockKeys keys, String prefix, HostLayer host) {
		this.files = files;
		this.store = store;
		this.keys = keys;
		this.prefix = prefix;
		this.host = host;
	}

	@Override
	public LockScope scope() {
		return LockScope.CLUSTER;
	}

	@Override
	public Held acquire(Path target, Wait wait) throws RefusedException, IOException {
		String key = name(target);
		Optional<Held> local = this.host.acquire(target, wait);
		StoreHold hold = null;
		boolean complete = false;
		try {
			hold = this.store.acquire(target, key, wait);
			// before anything of the target is read: after that, no rename of the
			// former holder changes it
			StagingRevocation.revoke(this.files, target, ThreadLocalRandom.current()::nextLong);
			complete = true;
			return new BothLocks(local, hold);
		}
		finally {
			if (!complete) {
				giveBack(hold, local);
			}
		}
	}

	@Override
	public List<Runnable> endings() {
		return this.host.endings();
	}

	private void giveBack(@Nullable StoreHold hold, Optional<Held> local) {
		try {
			release(hold, local);
		}
		catch (IOException ex) {
			// the lease ends with its time, and a lock file that is left over does no
			// harm
		}
	}

	private void release(@Nullable StoreHold hold, Optional<Held> local) throws IOException {
		try {
			if (hold != null) {
				this.store.release(hold);
			}
		}
		finally {
			if (local.isPresent()) {
				local.get().release();
			}
		}
	}

	/** Returns the name that all hosts have for the lock of a target. */
	String name(Path target) throws NoKeyException {
		return this.prefix + this.keys.key(target).orElseThrow(() -> new NoKeyException(target));
	}

	@Override
	public LockInfo inspect(Path target) {
		try {
			LockInfo local = this.host.inspect(target);
			if (local.state() == LockInfo.State.HELD) {
				return local;
			}
			String key = name(target);
			Optional<String> owner = this.store.owner(key);
			if (owner.isPresent()) {
				return LockInfo.heldBy(target, owner.get());
			}
			return this.store.isFree(key) ? LockInfo.free(target) : LockInfo.heldBy(target, null);
		}
		catch (IOException ex) {
			// a lock that can't be looked at may be held: report that rather than guess
			return LockInfo.heldBy(target, null);
		}
	}

	@Override
	public Remedy remedy(IOException error) {
		if (error instanceof NoKeyException) {
			return Remedy.NAME_DIRECTORY;
		}
		return (error instanceof LockStoreException) ? Remedy.REACH_LOCK_SERVICE : this.host.remedy(error);
	}

	/**
	 * A lease of the store, and the lock of the lock file where there is one.
	 */
	private final class BothLocks implements Held {

		private final Optional<Held> local;

		private final StoreHold hold;

		private volatile LockLostException.Reason reason = LockLostException.Reason.TAKEN;

		BothLocks(Optional<Held> local, StoreHold hold) {
			this.local = local;
			this.hold = hold;
		}

		@Override
		public Optional<String> loss() throws IOException {
			Optional<String> ofHost = this.local.isPresent() ? this.local.get().loss() : Optional.empty();
			if (ofHost.isPresent()) {
				return ofHost;
			}
			// last, so that nothing of ours comes between the answer and the commit
			Optional<Loss> loss = this.hold.check();
			loss.ifPresent((found) -> this.reason = found.reason());
			return loss.map(Loss::text);
		}

		@Override
		public LockLostException.Reason reason() {
			return this.reason;
		}

		@Override
		public void release() throws IOException {
			ClusterLocks.this.release(this.hold, this.local);
		}

	}

	/**
	 * The hosts have no common name for a target.
	 */
	static final class NoKeyException extends IOException {

		private static final long serialVersionUID = 1L;

		NoKeyException(Path target) {
			super("the hosts share no name for the lock of " + target + ": it is in no managed directory");
		}

	}

}
