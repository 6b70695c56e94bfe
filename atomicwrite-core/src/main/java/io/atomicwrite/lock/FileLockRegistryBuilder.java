package io.atomicwrite.lock;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

import io.atomicwrite.fs.FileOps;
import org.jspecify.annotations.Nullable;

/**
 * Builds a lock registry that excludes all cooperating writers of this host. Not safe for
 * use by several threads; what it builds is.
 */
public final class FileLockRegistryBuilder {

	private final List<LockListener> listeners = new ArrayList<>();

	private FileOps files = FileOps.system();

	private InstantSource clock = InstantSource.system();

	private int mode = 0644;

	private boolean keepFile;

	private @Nullable Path lockFile;

	FileLockRegistryBuilder() {
	}

	/**
	 * Keeps lock files on release, which saves creating them again. A file that is kept
	 * does no harm.
	 * @param keep whether to keep them
	 * @return this builder
	 */
	public FileLockRegistryBuilder keepLockFile(boolean keep) {
		this.keepFile = keep;
		return this;
	}

	/**
	 * Sets the permission bits of a new lock file; the umask clears some of them. A
	 * process that may not write to the file can't acquire its lock.
	 * @param lockFileMode the mode, {@code 0644} unless set
	 * @return this builder
	 */
	public FileLockRegistryBuilder lockFileMode(int lockFileMode) {
		if ((lockFileMode & ~0777) != 0) {
			throw new IllegalArgumentException("not a mode of a lock file: 0" + Integer.toOctalString(lockFileMode));
		}
		this.mode = lockFileMode;
		return this;
	}

	/**
	 * Sets one lock file for all targets, instead of one beside each target. Excludes
	 * those who name the same file, and nobody else; a thread that holds it for one
	 * target holds it for all. Writers then lock their staging files as well, because the
	 * lock beside the target is free, see {@link LockRegistry#leaseMarksWriter()}.
	 * @param file the lock file, or {@code null} for the one beside the target
	 * @return this builder
	 */
	public FileLockRegistryBuilder lockFile(@Nullable Path file) {
		this.lockFile = (file != null) ? file.toAbsolutePath() : null;
		return this;
	}

	/**
	 * Adds a listener.
	 * @param listener the listener
	 * @return this builder
	 */
	public FileLockRegistryBuilder listener(LockListener listener) {
		this.listeners.add(listener);
		return this;
	}

	/**
	 * Sets the file operations.
	 * @param fileOps the operations, those of this machine unless set
	 * @return this builder
	 */
	public FileLockRegistryBuilder files(FileOps fileOps) {
		this.files = fileOps;
		return this;
	}

	/**
	 * Sets the clock for the start of holds and waits.
	 * @param instantSource the clock, the system's unless set
	 * @return this builder
	 */
	public FileLockRegistryBuilder clock(InstantSource instantSource) {
		this.clock = instantSource;
		return this;
	}

	/**
	 * Builds the registry.
	 * @return the registry
	 */
	public LockFileRegistry build() {
		HostLocks hostLocks = new HostLocks(this.files, this.clock, this.mode, this.keepFile);
		LockFiles lockFiles = new LockFiles(this.files, hostLocks, this.lockFile);
		return new FileLockRegistry(lockFiles, this.files, this.clock, this.listeners);
	}

}
