package io.atomicwrite.core;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

import io.atomicwrite.TargetMissingException;
import io.atomicwrite.checksum.Version;
import io.atomicwrite.format.TypeReference;

/**
 * What can be done to read files that are written atomically: one read sees one content,
 * never parts of two. Implementations are thread-safe.
 *
 * <p>
 * Every failure is an {@link io.atomicwrite.AtomicWriteException}: a missing file a
 * {@link TargetMissingException}, one that can't be read a
 * {@link io.atomicwrite.ReadFailedException}, content of another format a
 * {@link io.atomicwrite.FormatException}.
 *
 * @see AtomicFileOperations
 */
interface ReadOperations {

	/**
	 * Returns whether there is a file to read: a regular file, or a link that leads to
	 * one.
	 * @param file the file
	 * @return whether it exists; another process may change that at any time
	 * @throws io.atomicwrite.ReadFailedException if a directory on the way can't be
	 * searched
	 */
	boolean exists(Path file);

	/**
	 * Reads a file whole.
	 * @param file the file
	 * @return its content
	 * @throws TargetMissingException if there is no such file
	 * @throws io.atomicwrite.ReadFailedException if it can't be read
	 */
	byte[] read(Path file);

	/**
	 * Reads a file whole, if there is one.
	 * @param file the file
	 * @return its content, or empty if there is no such file
	 * @throws io.atomicwrite.ReadFailedException if it can't be read
	 */
	default Optional<byte[]> find(Path file) {
		try {
			return Optional.of(read(file));
		}
		catch (TargetMissingException ex) {
			return Optional.empty();
		}
	}

	/**
	 * Opens a file to read it as a stream, in constant memory. Where every read verifies,
	 * the content is read and verified whole before the first byte is returned.
	 * @param file the file
	 * @return the open file, to be closed
	 * @throws TargetMissingException if there is no such file
	 * @throws io.atomicwrite.ReadFailedException if it can't be opened
	 */
	OpenFile openRead(Path file);

	/**
	 * Reads a text file in UTF-8.
	 * @param file the file
	 * @return its content
	 * @throws TargetMissingException if there is no such file
	 * @throws io.atomicwrite.ReadFailedException if it can't be read
	 * @throws io.atomicwrite.FormatException if it is not text in UTF-8
	 */
	default String readString(Path file) {
		return readString(file, StandardCharsets.UTF_8);
	}

	/**
	 * Reads a text file.
	 * @param file the file
	 * @param charset the charset
	 * @return its content
	 * @throws TargetMissingException if there is no such file
	 * @throws io.atomicwrite.ReadFailedException if it can't be read
	 * @throws io.atomicwrite.FormatException if it is not text in that charset
	 */
	String readString(Path file, Charset charset);

	/**
	 * Reads a text file in UTF-8, if there is one.
	 * @param file the file
	 * @return its content, or empty if there is no such file
	 * @throws io.atomicwrite.ReadFailedException if it can't be read
	 * @throws io.atomicwrite.FormatException if it is not text in UTF-8
	 */
	default Optional<String> findString(Path file) {
		return findString(file, StandardCharsets.UTF_8);
	}

	/**
	 * Reads a text file, if there is one.
	 * @param file the file
	 * @param charset the charset
	 * @return its content, or empty if there is no such file
	 * @throws io.atomicwrite.ReadFailedException if it can't be read
	 * @throws io.atomicwrite.FormatException if it is not text in that charset
	 */
	default Optional<String> findString(Path file, Charset charset) {
		try {
			return Optional.of(readString(file, charset));
		}
		catch (TargetMissingException ex) {
			return Optional.empty();
		}
	}

	/**
	 * Returns the version of a file's content, which takes reading it.
	 * @param file the file
	 * @return its version
	 * @throws TargetMissingException if there is no such file
	 * @throws io.atomicwrite.ReadFailedException if it can't be read
	 */
	Version version(Path file);

	/**
	 * Reads a value in the format of the file's extension.
	 * @param file the file
	 * @param type the type of the value
	 * @param <T> the type of the value
	 * @return the value
	 * @throws TargetMissingException if there is no such file
	 * @throws io.atomicwrite.ReadFailedException if it can't be read
	 * @throws io.atomicwrite.FormatException if it does not hold such a value
	 */
	default <T> T readValue(Path file, Class<T> type) {
		return readValue(file, TypeReference.of(type));
	}

	/**
	 * Reads a value in the format of the file's extension.
	 * @param file the file
	 * @param type the generic type of the value
	 * @param <T> the type of the value
	 * @return the value
	 * @throws TargetMissingException if there is no such file
	 * @throws io.atomicwrite.ReadFailedException if it can't be read
	 * @throws io.atomicwrite.FormatException if it does not hold such a value
	 */
	default <T> T readValue(Path file, TypeReference<T> type) {
		return readVersioned(file, type).value();
	}

	/**
	 * Reads a value, or returns a default if there is no file. A file that can't be read
	 * or holds something else is an error all the same.
	 * @param file the file
	 * @param type the type of the value
	 * @param defaultValue the value if there is no file
	 * @param <T> the type of the value
	 * @return the value
	 * @throws io.atomicwrite.ReadFailedException if the file can't be read
	 * @throws io.atomicwrite.FormatException if it does not hold such a value
	 */
	default <T> T readValue(Path file, Class<T> type, T defaultValue) {
		return findValue(file, type).orElse(defaultValue);
	}

	/**
	 * Reads a value, or returns a default if there is no file. A file that can't be read
	 * or holds something else is an error all the same.
	 * @param file the file
	 * @param type the generic type of the value
	 * @param defaultValue the value if there is no file
	 * @param <T> the type of the value
	 * @return the value
	 * @throws io.atomicwrite.ReadFailedException if the file can't be read
	 * @throws io.atomicwrite.FormatException if it does not hold such a value
	 */
	default <T> T readValue(Path file, TypeReference<T> type, T defaultValue) {
		return findValue(file, type).orElse(defaultValue);
	}

	/**
	 * Reads a value, if there is a file.
	 * @param file the file
	 * @param type the type of the value
	 * @param <T> the type of the value
	 * @return the value, or empty if there is no such file
	 * @throws io.atomicwrite.ReadFailedException if the file can't be read
	 * @throws io.atomicwrite.FormatException if it does not hold such a value
	 */
	default <T> Optional<T> findValue(Path file, Class<T> type) {
		return findValue(file, TypeReference.of(type));
	}

	/**
	 * Reads a value, if there is a file.
	 * @param file the file
	 * @param type the generic type of the value
	 * @param <T> the type of the value
	 * @return the value, or empty if there is no such file
	 * @throws io.atomicwrite.ReadFailedException if the file can't be read
	 * @throws io.atomicwrite.FormatException if it does not hold such a value
	 */
	default <T> Optional<T> findValue(Path file, TypeReference<T> type) {
		return findVersioned(file, type).map(Versioned::value);
	}

	/**
	 * Reads a value with the version of the content it was read from, to be given to
	 * {@link WriteOptions.Builder#expectedVersion} when it is written back.
	 * @param file the file
	 * @param type the type of the value
	 * @param <T> the type of the value
	 * @return the value and its version
	 * @throws TargetMissingException if there is no such file
	 * @throws io.atomicwrite.ReadFailedException if it can't be read
	 * @throws io.atomicwrite.FormatException if it does not hold such a value
	 */
	default <T> Versioned<T> readVersioned(Path file, Class<T> type) {
		return readVersioned(file, TypeReference.of(type));
	}

	/**
	 * Reads a value with the version of the content it was read from, to be given to
	 * {@link WriteOptions.Builder#expectedVersion} when it is written back.
	 * @param file the file
	 * @param type the generic type of the value
	 * @param <T> the type of the value
	 * @return the value and its version
	 * @throws TargetMissingException if there is no such file
	 * @throws io.atomicwrite.ReadFailedException if it can't be read
	 * @throws io.atomicwrite.FormatException if it does not hold such a value
	 */
	<T> Versioned<T> readVersioned(Path file, TypeReference<T> type);

	/**
	 * Reads a value with its version, if there is a file.
	 * @param file the file
	 * @param type the type of the value
	 * @param <T> the type of the value
	 * @return the value and its version, or empty if there is no such file
	 * @throws io.atomicwrite.ReadFailedException if the file can't be read
	 * @throws io.atomicwrite.FormatException if it does not hold such a value
	 */
	default <T> Optional<Versioned<T>> findVersioned(Path file, Class<T> type) {
		return findVersioned(file, TypeReference.of(type));
	}

	/**
	 * Reads a value with its version, if there is a file.
	 * @param file the file
	 * @param type the generic type of the value
	 * @param <T> the type of the value
	 * @return the value and its version, or empty if there is no such file
	 * @throws io.atomicwrite.ReadFailedException if the file can't be read
	 * @throws io.atomicwrite.FormatException if it does not hold such a value
	 */
	default <T> Optional<Versioned<T>> findVersioned(Path file, TypeReference<T> type) {
		try {
			return Optional.of(readVersioned(file, type));
		}
		catch (TargetMissingException ex) {
			return Optional.empty();
		}
	}

}
