package io.atomicwrite.test.contract;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.atomicwrite.IoErrorKind;
import io.atomicwrite.fs.Directory;
import io.atomicwrite.fs.FileHandle;
import io.atomicwrite.fs.FileStat;
import io.atomicwrite.fs.IoErrors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The words in which the contracts of the file operations are written.
 */
interface FileOpsWords {

	/** Returns the open directory, empty at first. */
	Directory at();

	/** Returns what is held against the contract. */
	FileOpsSubject tested();

	default boolean isFree(String name) throws IOException {
		return tested().lockLook().isFree(at().path(name));
	}

	default FileStat stat(String name) throws IOException {
		return Objects.requireNonNull(at().stat(name), name);
	}

	default void create(String name, String content) throws IOException {
		create(at(), name, content);
	}

	default void create(Directory directory, String name, String content) throws IOException {
		try (FileHandle file = directory.createExclusive(name, 0644)) {
			write(file, content);
		}
	}

	default void write(FileHandle file, String content) throws IOException {
		file.write(ByteBuffer.wrap(content.getBytes(StandardCharsets.ISO_8859_1)));
	}

	default String read(String name) throws IOException {
		return read(at(), name);
	}

	default String read(Directory directory, String name) throws IOException {
		try (InputStream in = directory.openRead(name)) {
			return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
		}
	}

	default List<String> names() throws IOException {
		return names(at());
	}

	default List<String> names(Directory directory) throws IOException {
		List<String> names = new ArrayList<>();
		directory.list(names::add);
		return names;
	}

	default void assertMissing(ThrowingCallable call) {
		assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(call);
	}

	default void assertExists(ThrowingCallable call) {
		assertThatExceptionOfType(FileAlreadyExistsException.class).isThrownBy(call);
	}

	default void assertTooLong(ThrowingCallable call) {
		assertThatExceptionOfType(FileSystemException.class).isThrownBy(call)
			.satisfies((ex) -> assertThat(IoErrors.classify(ex)).isEqualTo(IoErrorKind.NAME_TOO_LONG));
	}

	default void assertLoop(ThrowingCallable call) {
		assertThatExceptionOfType(IOException.class).isThrownBy(call)
			.satisfies((ex) -> assertThat(IoErrors.classify(ex)).isEqualTo(IoErrorKind.LINK_LOOP));
	}

	default void assertThatError(ThrowingCallable call, String text) {
		assertThatExceptionOfType(IOException.class).isThrownBy(call)
			.satisfies((ex) -> assertThat(IoErrors.text(ex)).isEqualTo(text));
	}

	interface IoAction {

		void run() throws IOException;

	}

}
