package io.atomicwrite.test.junit;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;

import io.atomicwrite.IoErrorKind;

/**
 * An error that a call can fail with, in the words of the C library.
 *
 * @param kind the error
 * @param text what {@code strerror(3)} says
 */
record FaultError(IoErrorKind kind, String text) {

	static FaultError of(IoErrorKind kind) {
		return new FaultError(kind, switch (kind) {
			case INPUT_OUTPUT -> "Input/output error";
			case NO_SPACE -> "No space left on device";
			case QUOTA -> "Disk quota exceeded";
			case READ_ONLY -> "Read-only file system";
			case ACCESS_DENIED -> "Permission denied";
			case STALE -> "Stale file handle";
			default -> throw new IllegalArgumentException("@FaultTest can't let calls fail with " + kind
					+ ". Use INPUT_OUTPUT, NO_SPACE, QUOTA, READ_ONLY, ACCESS_DENIED or STALE");
		});
	}

	/** The exception that the JDK throws. */
	FileSystemException exception() {
		return (this.kind == IoErrorKind.ACCESS_DENIED) ? new AccessDeniedException("file")
				: new FileSystemException("file", null, this.text);
	}

}
