package io.atomicwrite.fs;

import java.time.Instant;

/**
 * What {@code lstat(2)} reports of a path.
 *
 * @param kind what kind of file it is
 * @param size the size in bytes
 * @param mode the mode bits, {@code 07777} at most, or -1 where there are none
 * @param uid the id of the owner, or -1 where there is none
 * @param gid the id of the group, or -1 where there is none
 * @param device the id of the device, or 0 where there is none
 * @param inode the number of the inode, or 0 where there is none
 * @param links the number of names of the file
 * @param modified when the content was last changed
 * @param changed when anything of it was last changed, its names too; {@link #modified()}
 * where that is not kept
 */
public record FileStat(Kind kind, long size, int mode, int uid, int gid, long device, long inode, int links,
		Instant modified, Instant changed) {

	/**
	 * Returns whether this is a regular file.
	 * @return whether it is one
	 */
	public boolean isRegular() {
		return this.kind == Kind.REGULAR;
	}

	/**
	 * Returns whether two statuses are known to be of one file: the same inode of the
	 * same device ({@code stat(2)}).
	 * @param other the other status
	 * @return whether they are; {@code false} where there are no inode numbers
	 */
	public boolean isSameFile(FileStat other) {
		return this.inode != 0 && this.inode == other.inode && this.device == other.device;
	}

	/**
	 * Returns the same status with another size.
	 * @param other the size in bytes
	 * @return the status
	 */
	public FileStat withSize(long other) {
		return new FileStat(this.kind, other, this.mode, this.uid, this.gid, this.device, this.inode, this.links,
				this.modified, this.changed);
	}

	/**
	 * Returns whether this is a symbolic link.
	 * @return whether it is one
	 */
	public boolean isLink() {
		return this.kind == Kind.LINK;
	}

	/**
	 * The kinds of files, each with its name for messages.
	 */
	public enum Kind {

		/** A regular file. */
		REGULAR("a regular file"),

		/** A directory. */
		DIRECTORY("a directory"),

		/** A symbolic link. */
		LINK("a symbolic link"),

		/** A FIFO, also called a named pipe. */
		FIFO("a FIFO"),

		/** A socket. */
		SOCKET("a socket"),

		/** A character device. */
		CHARACTER_DEVICE("a character device"),

		/** A block device. */
		BLOCK_DEVICE("a block device"),

		/** Something else. */
		OTHER("a special file");

		private final String text;

		Kind(String text) {
			this.text = text;
		}

		/**
		 * Returns the kind as words with an article.
		 * @return the words
		 */
		public String text() {
			return this.text;
		}

		static Kind ofMode(int mode) {
			// the file type bits of stat(2)
			return switch (mode & 0170000) {
				case 0100000 -> REGULAR;
				case 0040000 -> DIRECTORY;
				case 0120000 -> LINK;
				case 0010000 -> FIFO;
				case 0140000 -> SOCKET;
				case 0020000 -> CHARACTER_DEVICE;
				case 0060000 -> BLOCK_DEVICE;
				default -> OTHER;
			};
		}

	}

}
