package io.atomicwrite.lock;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import io.atomicwrite.artifact.CompanionNames;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.isolation.Listeners;

/**
 * A registry whose locks exclude the writers of several hosts, by leases of a
 * {@link LockStore}. Thread-safe.
 *
 * <p>
 * Whoever acquires a lock deletes every staging file of the target before anything of it
 * is read, so a writer that was suspended for longer than its lease can't commit once
 * another has the lock: its rename fails, and it gets a
 * {@link io.atomicwrite.LockLostException}. That holds for all that commits a staging
 * file: writes, updates, appends, documents, batches, and the pointers of publications.
 * It does not hold for moves and deletes, which have no staging file: they check their
 * lease right before, as all do.
 *
 * <p>
 * A thread that holds a lock acquires it again without another revocation. A write
 * without a lock may be revoked by one with a lock.
 */
public interface ClusterLockRegistry extends LockRegistry {

	/**
	 * Returns the name of the lock store.
	 * @return as {@link LockStore#name()} returns it
	 */
	String store();

	/**
	 * Asks the lock store whether it answers. Takes no longer than the store timeout.
	 * @throws LockStoreException if it does not answer or refuses
	 */
	void ping() throws LockStoreException;

	/**
	 * Builds a lock registry over a lock store. Not safe for use by several threads; what
	 * it builds is.
	 */
	final class Builder {

		private final LockStore store;

		private final Map<String, Path> directories = new LinkedHashMap<>();

		private final List<Supplier<? extends List<? extends LockListener>>> listeners = new ArrayList<>();

		private Optional<LockKeys> keys = Optional.empty();

		private String prefix = "atomicwrite";

		private Duration leaseTime = Duration.ofSeconds(30);

		private Duration storeTimeout = Duration.ofSeconds(2);

		private Optional<Duration> maxClockSkew = Optional.empty();

		private Optional<Boolean> hostLock = Optional.empty();

		private CompanionNames companions = CompanionNames.VISIBLE;

		private FileOps files = FileOps.system();

		private InstantSource clock = InstantSource.system();

		Builder(LockStore store) {
			this.store = store;
		}

		/**
		 * Names a managed directory. The key of a target in it is that name and the path
		 * within the directory, so all hosts must use the same name for the same
		 * directory, wherever they have mounted it, and name the same directories.
		 * @param name the name, without a slash
		 * @param directory the directory on this host
		 * @return this builder
		 */
		public Builder directory(String name, Path directory) {
			if (name.isEmpty() || name.contains("/")) {
				throw new IllegalArgumentException("not a name of a managed directory: '" + name + "'");
			}
			this.directories.put(name, directory);
			return this;
		}

		/**
		 * Sets what names the locks, instead of the managed directories.
		 * @param strategy the strategy
		 * @return this builder
		 */
		public Builder keys(LockKeys strategy) {
			this.keys = Optional.of(strategy);
			return this;
		}

		/**
		 * Sets what all keys begin with, so that applications can share a store. A slash
		 * follows it.
		 * @param keyPrefix the prefix, {@code atomicwrite} unless set
		 * @return this builder
		 */
		public Builder keyPrefix(String keyPrefix) {
			this.prefix = keyPrefix;
			return this;
		}

		/**
		 * Sets after which time others get the lock of a writer that does not renew it,
		 * because it is suspended or cut off. Leases are renewed after a third of it.
		 * @param time the time, 30 s unless set; at least 100 ms
		 * @return this builder
		 */
		public Builder leaseTime(Duration time) {
			this.leaseTime = time;
			return this;
		}

		/**
		 * Sets the longest wait for an answer of the store. A write is refused if it
		 * takes longer.
		 * @param timeout the timeout, 2 s unless set; shorter than the lease time
		 * @return this builder
		 */
		public Builder storeTimeout(Duration timeout) {
			this.storeTimeout = timeout;
			return this;
		}

		/**
		 * Sets how far the clock of this host may be from that of the store, where leases
		 * expire by clocks of the clients, see {@link LockStore#clockSkew()}.
		 * @param skew the largest difference, a quarter of the lease time unless set
		 * @return this builder
		 */
		public Builder maxClockSkew(Duration skew) {
			this.maxClockSkew = Optional.of(skew);
			return this;
		}

		/**
		 * Sets whether the lock file beside the target is locked as well, which excludes
		 * programs of the same host that know no store, such as the command. It is on
		 * local filesystems unless set, and is not on those that pass on record locks to
		 * other hosts: a suspended writer keeps its lock file, and so keeps others
		 * waiting even after its lease has expired.
		 * @param lock whether it is
		 * @return this builder
		 */
		public Builder hostLock(boolean lock) {
			this.hostLock = Optional.of(lock);
			return this;
		}

		/**
		 * Sets how the names of lock files are spelled.
		 * @param spelling the spelling, visible unless set
		 * @return this builder
		 */
		public Builder companions(CompanionNames spelling) {
			this.companions = spelling;
			return this;
		}

		/**
		 * Adds a listener.
		 * @param listener the listener
		 * @return this builder
		 */
		public Builder listener(LockListener listener) {
			return listeners(Listeners.only(listener));
		}

		/**
		 * Adds listeners that are looked up when an event occurs, as those that are built
		 * later than the registry.
		 * @param supplier the listeners; called for each event, by several threads at
		 * once
		 * @return this builder
		 */
		public Builder listeners(Supplier<? extends List<? extends LockListener>> supplier) {
			this.listeners.add(supplier);
			return this;
		}

		/**
		 * Sets the file operations.
		 * @param fileOps the operations, those of this machine unless set
		 * @return this builder
		 */
		public Builder files(FileOps fileOps) {
			this.files = fileOps;
			return this;
		}

		/**
		 * Sets the clock for the start of holds and waits.
		 * @param instantSource the clock, the system's unless set
		 * @return this builder
		 */
		public Builder clock(InstantSource instantSource) {
			this.clock = instantSource;
			return this;
		}

		/**
		 * Builds the registry. Asks the store nothing yet.
		 * @return the registry
		 * @throws IllegalArgumentException if the times don't fit together
		 */
		public ClusterLockRegistry build() {
			ClusterTimes times = new ClusterTimes(this.leaseTime, this.storeTimeout,
					this.maxClockSkew.orElseGet(() -> this.leaseTime.dividedBy(4)));
			LockListeners all = new LockListeners(this.listeners);
			HostLocks hostLocks = new HostLocks(this.files, this.clock, 0644, false, LingeringFiles.suit(this.files));
			HostLayer host = new HostLayer(this.files, new LockFiles(this.files, hostLocks, null, this.companions),
					this.hostLock);
			StoreLocks storeLocks = new StoreLocks(this.store, times, all);
			ClusterLocks locks = new ClusterLocks(this.files, storeLocks,
					this.keys.orElseGet(() -> new ManagedKeys(this.files, this.directories)), this.prefix + "/", host);
			return new StoreLockRegistry(this.store, storeLocks, locks, host, this.files, this.clock, all);
		}

	}

}
