package io.atomicwrite.lock;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

import io.atomicwrite.fs.FileOps;
import org.jspecify.annotations.Nullable;

/**
 * Builds a lock registry that excludes all cooperating writers of this host.
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
	 * Keeps lock files on release. Saves creating them again; they do no harm.
	 * @param keep whether to keep them
	 * @return this builder
	 */
	public FileLockRegistryBuilder keepLockFile(boolean keep) {
		this.keepFile = keep;
		return this;
	}

	/**
	 * Sets the permission bits of a new lock file, from which the umask is taken away. A
	 * process that may not write to the file can't take its lock.
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
	 * Sets one lock file for whatever target, in the place of the one beside each target.
	 * Excludes those who name the same file, and nobody else; a thread that holds it for
	 * one target has it for all. Writers then mark their staging files themselves, for
	 * those who look beside the target.
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
	 * Sets the clock that tells since when locks are held.
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
	public LockRegistry build() {
		return new FileLockRegistry(this.files, this.clock, this.listeners, this.mode, this.keepFile, this.lockFile);
	}

}
