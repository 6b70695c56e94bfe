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

import io.atomicwrite.fs.IoErrors.Kind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an error of the JDK is called and what is advised.
 */
class IoErrorsTests {

	static Stream<Arguments> errors() {
		return Stream.of(Arguments.of(new AccessDeniedException("f"), "Permission denied", Kind.ACCESS_DENIED),
				Arguments.of(new NoSuchFileException("f"), "No such file or directory", Kind.NOT_FOUND),
				Arguments.of(new FileAlreadyExistsException("f"), "File exists", Kind.OTHER),
				Arguments.of(new NotDirectoryException("f"), "Not a directory", Kind.NOT_A_DIRECTORY),
				Arguments.of(new DirectoryNotEmptyException("f"), "Directory not empty", Kind.OTHER),
				Arguments.of(new FileSystemLoopException("f"), "Too many levels of symbolic links", Kind.LINK_LOOP),
				Arguments.of(new AtomicMoveNotSupportedException("f", "g", "no"), "no", Kind.CROSS_DEVICE),
				Arguments.of(new FileSystemException("f", null, "Disk quota exceeded"), "Disk quota exceeded",
						Kind.QUOTA),
				Arguments.of(new FileSystemException("f"), "FileSystemException", Kind.OTHER),
				Arguments.of(new IOException("No space left on device"), "No space left on device", Kind.NO_SPACE),
				Arguments.of(new IOException((String) null), "IOException", Kind.OTHER));
	}

	@ParameterizedTest
	@MethodSource("errors")
	void errorIsToldApart(IOException error, String text, Kind kind) {
		assertThat(IoErrors.text(error)).isEqualTo(text);
		assertThat(IoErrors.classify(error)).isEqualTo(kind);
	}

	@ParameterizedTest
	@EnumSource(Kind.class)
	void eachKindHasARemedy(Kind kind) {
		assertThat(kind.remedy()).isNotBlank();
	}

}
