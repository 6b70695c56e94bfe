package io.atomicwrite.fs;

import java.nio.file.FileSystemException;
import java.nio.file.Path;

/**
 * A path leads through a link of {@code /proc/PID} to what a process has open, such as
 * {@code /dev/stdout} ({@code symlink(7)}, "magic links"). It is not followed: to replace
 * the file behind a descriptor loses what others write through that descriptor.
 */
public final class MagicLinkException extends FileSystemException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates the exception.
	 * @param link the link of {@code /proc}
	 */
	public MagicLinkException(Path link) {
		super(link.toString(), null, "leads to what a process has open, which is not replaced");
	}

}
