package io.atomicwrite.core;

import java.nio.file.FileSystemException;

/**
 * The filesystem does not let this user set the mode of a file that it has just created.
 */
final class ModeRefusedException extends FileSystemException {

	private static final long serialVersionUID = 1L;

	ModeRefusedException(FileSystemException cause) {
		super(cause.getFile(), cause.getOtherFile(), cause.getReason());
		initCause(cause);
	}

}
