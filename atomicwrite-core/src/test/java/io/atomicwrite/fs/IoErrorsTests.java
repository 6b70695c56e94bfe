package io.atomicwrite.fs;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.stream.Stream;

import io.atomicwrite.IoErrorKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How errors of the JDK are classified and worded.
 */
class IoErrorsTests {

	static Stream<Arguments> errors() {
		return Stream.of(Arguments.of(new AccessDeniedException("f"), "Permission denied", IoErrorKind.ACCESS_DENIED),
				Arguments.of(new NoSuchFileException("f"), "No such file or directory", IoErrorKind.NOT_FOUND),
				Arguments.of(new FileAlreadyExistsException("f"), "File exists", IoErrorKind.OTHER),
				Arguments.of(new NotDirectoryException("f"), "Not a directory", IoErrorKind.NOT_A_DIRECTORY),
				Arguments.of(new DirectoryNotEmptyException("f"), "Directory not empty", IoErrorKind.OTHER),
				Arguments.of(new FileSystemLoopException("f"), "Too many levels of symbolic links",
						IoErrorKind.LINK_LOOP),
				Arguments.of(new AtomicMoveNotSupportedException("f", "g", "no"), "no", IoErrorKind.CROSS_DEVICE),
				Arguments.of(new FileSystemException("f", null, "Disk quota exceeded"), "Disk quota exceeded",
						IoErrorKind.QUOTA),
				Arguments.of(new FileSystemException("f"), "FileSystemException", IoErrorKind.OTHER),
				Arguments.of(new IOException("No space left on device"), "No space left on device",
						IoErrorKind.NO_SPACE),
				Arguments.of(new IOException("No locks available"), "No locks available", IoErrorKind.NO_LOCKS),
				Arguments.of(new IOException("File too large"), "File too large", IoErrorKind.FILE_TOO_LARGE),
				Arguments.of(new FileSystemException("f", null, "Too many levels of symbolic links"),
						"Too many levels of symbolic links", IoErrorKind.LINK_LOOP),
				Arguments.of(new FileSystemException("f", null, "Too many open files"), "Too many open files",
						IoErrorKind.TOO_MANY_FILES),
				Arguments.of(new IOException("Text file busy"), "Text file busy", IoErrorKind.BUSY),
				Arguments.of(new FileSystemException("f", null, "Transport endpoint is not connected"),
						"Transport endpoint is not connected", IoErrorKind.UNREACHABLE),
				Arguments.of(new IOException("Connection timed out"), "Connection timed out", IoErrorKind.UNREACHABLE),
				Arguments.of(new IOException("Host is down"), "Host is down", IoErrorKind.UNREACHABLE),
				Arguments.of(new IOException("Remote I/O error"), "Remote I/O error", IoErrorKind.UNREACHABLE),
				Arguments.of(new IOException("Stale NFS file handle"), "Stale NFS file handle", IoErrorKind.STALE),
				Arguments.of(new IOException("Function not implemented"), "Function not implemented",
						IoErrorKind.NOT_SUPPORTED),
				Arguments.of(new FileSystemException("f", null, "Software caused connection abort"),
						"Software caused connection abort", IoErrorKind.UNREACHABLE),
				Arguments.of(new FileSystemException("f", null, "Structure needs cleaning"), "Structure needs cleaning",
						IoErrorKind.INPUT_OUTPUT),
				Arguments.of(new IOException((String) null), "IOException", IoErrorKind.OTHER));
	}

	@ParameterizedTest
	@MethodSource("errors")
	void errorIsToldApart(IOException error, String text, IoErrorKind kind) {
		assertThat(IoErrors.text(error)).isEqualTo(text);
		assertThat(IoErrors.classify(error)).isEqualTo(kind);
	}

}
