package io.atomicwrite.lock;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import io.atomicwrite.artifact.CompanionNames;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.isolation.Listeners;
import org.jspecify.annotations.Nullable;

/**
 * A registry whose locks are held on lock files. Thread-safe.
 *
 * <p>
 * A holder that is killed leaves its lock file behind. The lock itself ended with the
 * process, so a leftover lock file does no harm: whoever locks the target next uses it,
 * and housekeeping deletes it.
 */
public interface LockFileRegistry extends LockRegistry {

	/**
	 * Returns the lock file of a target if it exists and nobody holds its lock.
	 * @param target the target
	 * @return the leftover lock file; empty if there is none, if its lock is held, or if
	 * it can't be looked at
	 */
	Optional<Path> leftover(Path target);

	/**
	 * Returns the lock files of a target that exist and that nobody holds: there may be a
	 * visible one and a hidden one.
	 * @param target the target
	 * @return the leftover lock files, that of this registry's own spelling first
	 */
	default List<Path> leftovers(Path target) {
		return leftover(target).stream().toList();
	}

	/**
	 * Deletes one lock file of a target if nobody holds its lock.
	 * @param target the target
	 * @param lockFile its visible or its hidden lock file
	 * @return whether it was deleted; {@code false} for another file
	 * @throws UncheckedIOException if the lock file can't be locked or deleted
	 */
	default boolean releaseLeftover(Path target, Path lockFile) {
		return leftovers(target).contains(lockFile) && releaseLeftover(target);
	}

	/**
	 * Deletes the lock files of a target, visible or hidden, if nobody holds their lock.
	 * A lock that is held can't be broken: its holder would not notice.
	 * @param target the target
	 * @return whether a leftover lock file was deleted
	 * @throws UncheckedIOException if the lock file can't be locked or deleted
	 */
	boolean releaseLeftover(Path target);

	/**
	 * Builds a lock registry that excludes all cooperating writers of this host. Not safe
	 * for use by several threads; what it builds is.
	 */
	final class Builder {

		private final List<Supplier<? extends List<? extends LockListener>>> listeners = new ArrayList<>();

		private FileOps files = FileOps.system();

		private InstantSource clock = InstantSource.system();

		private int mode = 0644;

		private boolean keepFile;

		private @Nullable Path lockFile;

		private CompanionNames companions = CompanionNames.VISIBLE;

		Builder() {
		}

		/**
		 * Keeps lock files on release, which saves creating them again. A file that is
		 * kept does no harm.
		 * @param keep whether to keep them
		 * @return this builder
		 */
		public Builder keepLockFile(boolean keep) {
			this.keepFile = keep;
			return this;
		}

		/**
		 * Sets the permission bits of a new lock file; the umask clears some of them. A
		 * process that may not write to the file can't acquire its lock.
		 * @param lockFileMode the mode, {@code 0644} unless set
		 * @return this builder
		 */
		public Builder lockFileMode(int lockFileMode) {
			if ((lockFileMode & ~0777) != 0) {
				throw new IllegalArgumentException(
						"not a mode of a lock file: 0" + Integer.toOctalString(lockFileMode));
			}
			this.mode = lockFileMode;
			return this;
		}

		/**
		 * Sets one lock file for all targets, instead of one beside each target. Excludes
		 * those who name the same file, and nobody else; a thread that holds it for one
		 * target holds it for all. Writers then lock their staging files as well, because
		 * the lock beside the target is free, see
		 * {@link LockRegistry#leaseMarksWriter()}.
		 * @param file the lock file, or {@code null} for the one beside the target
		 * @return this builder
		 */
		public Builder lockFile(@Nullable Path file) {
			this.lockFile = (file != null) ? file.toAbsolutePath() : null;
			return this;
		}

		/**
		 * Sets how the names of lock files beside the targets are spelled. Everyone who
		 * writes a target should use one spelling, as those with visible lock files do
		 * not look for hidden ones.
		 *
		 * <p>
		 * A writer with hidden lock files waits for one that holds the visible lock file,
		 * and locks a visible lock file that exists as well, so that writers with visible
		 * ones wait for it. Where there is none, a writer with visible lock files that
		 * comes later does not wait. If it still is there when the lease is checked
		 * before the commit, the writer with the hidden lock file fails with
		 * {@link io.atomicwrite.LockLostException}. If it has come and gone by then, or
		 * comes after that, the later commit replaces the content of the earlier one: no
		 * content is torn, but the change of the earlier one is lost.
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
		 * Builds the registry.
		 * @return the registry
		 */
		public LockFileRegistry build() {
			HostLocks hostLocks = new HostLocks(this.files, this.clock, this.mode, this.keepFile,
					LingeringFiles.suit(this.files));
			LockFiles lockFiles = new LockFiles(this.files, hostLocks, this.lockFile, this.companions);
			return new FileLockRegistry(lockFiles, this.files, this.clock, new LockListeners(this.listeners));
		}

	}

}
