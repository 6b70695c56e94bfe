package io.atomicwrite.test.fault;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * One call of the file operations.
 *
 * @param op what was called
 * @param path the path, or that of the open file
 * @param other the second path of a rename or link
 */
public record FileCall(Op op, Path path, @Nullable Path other) {

	@Override
	public String toString() {
		return this.op + " " + this.path.getFileName() + ((this.other != null) ? " " + this.other.getFileName() : "");
	}

	/**
	 * What can be called. Those that change something, or make a change durable, say so.
	 */
	public enum Op {

		/** Look up a mount. */
		MOUNT(false),

		/** Whether something is mounted at a path. */
		IS_MOUNT_POINT(false),

		/** Whether a path may be accessed. */
		CHECK_ACCESS(false),

		/** Free space. */
		SPACE(false),

		/** Resolve links. */
		CANONICAL(false),

		/** Status of a path. */
		STAT(false),

		/** Kind of file at a path. */
		KIND(false),

		/** Size of a path. */
		SIZE(false),

		/** Content of a link. */
		READ_LINK(false),

		/** Open for reading. */
		OPEN_READ(false),

		/** List a directory. */
		LIST(false),

		/** Exclusive create. */
		CREATE(true),

		/** Write to an open file. */
		WRITE(true),

		/** Sync of an open file. */
		SYNC(true),

		/** Lock of an open staging file. */
		MARK(true),

		/** Close of an open file. */
		CLOSE(false),

		/** Open a file to sync it. */
		OPEN_FOR_SYNC(false),

		/** Open a directory. */
		OPEN_DIRECTORY(false),

		/** Sync of a directory. */
		SYNC_DIRECTORY(true),

		/** Close of a directory. */
		CLOSE_DIRECTORY(false),

		/** Create a directory. */
		CREATE_DIRECTORY(true),

		/** Rename. */
		RENAME(true),

		/** Link. */
		LINK(true),

		/** Create a symbolic link. */
		CREATE_LINK(true),

		/** Share the blocks of another file, as far as the filesystem can. */
		SHARE(true),

		/** Delete. */
		DELETE(true),

		/** Set the mode. */
		SET_MODE(true),

		/** Set the owner. */
		SET_OWNER(true),

		/** Read the user attributes. */
		GET_ATTRIBUTES(false),

		/** Set a user attribute. */
		SET_ATTRIBUTE(true),

		/** Look for what the JDK can't see. */
		TRAITS(false),

		/** Give another file what the JDK can't see. */
		CARRY(true),

		/** Take an inherited access list away. */
		DROP_ACCESS_LIST(true),

		/** Open a lock file. */
		OPEN_LOCK(true),

		/** Try the record lock. */
		LOCK(true),

		/** Size of the open lock file. */
		LOCK_SIZE(false),

		/** Read the open lock file. */
		LOCK_READ(false),

		/** Change the size of the open lock file. */
		LOCK_RESIZE(true),

		/** Close of a lock file, which unlocks. */
		UNLOCK(true);

		private final boolean changing;

		Op(boolean changing) {
			this.changing = changing;
		}

		/**
		 * Returns whether the call changes something or makes a change durable.
		 * @return whether it does
		 */
		public boolean changing() {
			return this.changing;
		}

	}

}
