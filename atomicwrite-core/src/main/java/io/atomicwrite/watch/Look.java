package io.atomicwrite.watch;

import java.io.IOException;

/**
 * What a look at a file found.
 */
public sealed interface Look {

	/**
	 * The file has content.
	 *
	 * @param bytes the whole content; not copied, and not to be changed
	 * @param signature what the file system reported before and after it was read
	 */
	record Content(byte[] bytes, Signature signature) implements Look {
	}

	/**
	 * There is no file of that name, or a link to it leads nowhere.
	 */
	record Missing() implements Look {
	}

	/**
	 * The file can't be looked at or read, or is something other than a regular file.
	 *
	 * @param cause why not
	 */
	record Unreadable(IOException cause) implements Look {
	}

	/**
	 * The file is larger than {@link WatchOptions#maxSize()}. It was not read.
	 *
	 * @param size its size in bytes
	 */
	record TooLarge(long size) implements Look {
	}

}
