package io.atomicwrite;

import java.nio.file.Path;

/**
 * The target is something that is not written: a directory, a special file, a mount
 * point, a link that policy refuses, or a path that leaves the base directory.
 */
public final class TargetRejectedException extends AtomicWriteException {

	private static final long serialVersionUID = 1L;

	private final Reason reason;

	/**
	 * Creates the exception; the outcome is {@link WriteOutcome#NOT_COMMITTED}.
	 * @param target the target
	 * @param phase the phase that failed
	 * @param reason why it is refused
	 * @param problem what happened and what to do
	 */
	public TargetRejectedException(Path target, WritePhase phase, Reason reason, Problem problem) {
		super(target, phase, WriteOutcome.NOT_COMMITTED, problem, null);
		this.reason = reason;
	}

	/**
	 * Returns why the target is refused.
	 * @return the reason
	 */
	public Reason reason() {
		return this.reason;
	}

	/**
	 * Why a target is refused.
	 */
	public enum Reason {

		/**
		 * It is a directory.
		 */
		DIRECTORY,

		/**
		 * It is a FIFO, a socket or a device.
		 */
		SPECIAL_FILE,

		/**
		 * It is a mount point, as a single file mounted into a container is: no rename
		 * can replace it.
		 */
		MOUNT_POINT,

		/**
		 * It is a symbolic link, which the policy refuses.
		 */
		LINK,

		/**
		 * It leads through a link of {@code /proc} to what a process has open, as
		 * {@code /dev/stdout} does.
		 */
		MAGIC_LINK,

		/**
		 * Its symbolic links lead in a circle.
		 */
		LINK_LOOP,

		/**
		 * A directory of its path does not exist.
		 */
		NO_DIRECTORY,

		/**
		 * A part of its path is a file.
		 */
		NOT_A_DIRECTORY,

		/**
		 * It leaves the base directory.
		 */
		OUTSIDE_BASE,

		/**
		 * The source of a move does not exist.
		 */
		NO_SOURCE,

		/**
		 * Source and target of a move are one file.
		 */
		SAME_FILE,

		/**
		 * The path led to another file, or the file became something else, during the
		 * write.
		 */
		CHANGED,

		/**
		 * Its directory is not the one that it is to be in: it is missing, or on another
		 * filesystem than before.
		 */
		DISPLACED,

		/**
		 * Its sidecar holds the checksums of other files too, or the file with the name
		 * of its manifest is none.
		 */
		FOREIGN_SIDECAR

	}

}
