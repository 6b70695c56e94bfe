package io.atomicwrite.core;

import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

import io.atomicwrite.FormatException;
import io.atomicwrite.format.TypeReference;
import io.atomicwrite.doctor.DoctorOptions;
import io.atomicwrite.doctor.DoctorReport;
import io.atomicwrite.guarantee.GuaranteeReport;
import org.jspecify.annotations.Nullable;

/**
 * What can be done with plain files that must never be lost or torn. A write is all or
 * nothing for every reader, survives a crash once it has returned, and excludes other
 * cooperating writers; where the filesystem can't keep that, the write is refused before
 * the first byte.
 *
 * <p>
 * Failures are {@link io.atomicwrite.AtomicWriteException}s, which tell the phase and
 * whether the new content is visible. A file that can't be read is an
 * {@link UncheckedIOException}. An interrupt ends the wait for a lock and nothing else.
 *
 * @see AtomicFileTemplate
 */
public interface AtomicFileOperations extends IntegrityOperations {

	/**
	 * Returns the options of a write that brings none.
	 * @return the options
	 */
	WriteOptions defaults();

	/**
	 * Writes bytes.
	 * @param target the file
	 * @param content the new content
	 * @return what became of the write
	 */
	default WriteResult write(Path target, byte[] content) {
		return write(target, content, defaults());
	}

	/**
	 * Writes bytes.
	 * @param target the file
	 * @param content the new content
	 * @param options how to write
	 * @return what became of the write
	 */
	WriteResult write(Path target, byte[] content, WriteOptions options);

	/**
	 * Writes text in UTF-8.
	 * @param target the file
	 * @param text the new content
	 * @return what became of the write
	 * @throws FormatException if the text can't be encoded; no file was touched
	 */
	default WriteResult writeString(Path target, CharSequence text) {
		return writeString(target, text, StandardCharsets.UTF_8, defaults());
	}

	/**
	 * Writes text in UTF-8.
	 * @param target the file
	 * @param text the new content
	 * @param options how to write
	 * @return what became of the write
	 * @throws FormatException if the text can't be encoded; no file was touched
	 */
	WriteResult writeString(Path target, CharSequence text, WriteOptions options);

	/**
	 * Writes text.
	 * @param target the file
	 * @param text the new content
	 * @param charset the charset
	 * @param options how to write
	 * @return what became of the write
	 * @throws FormatException if the text can't be encoded; no file was touched
	 */
	WriteResult writeString(Path target, CharSequence text, Charset charset, WriteOptions options);

	/**
	 * Writes what a stream holds, in constant memory. The stream is read while the lease
	 * is held, and not closed.
	 * @param target the file
	 * @param content the new content
	 * @return what became of the write
	 */
	default WriteResult write(Path target, InputStream content) {
		return write(target, content, defaults());
	}

	/**
	 * Writes what a stream holds, in constant memory. The stream is read while the lease
	 * is held, and not closed.
	 * @param target the file
	 * @param content the new content
	 * @param options how to write
	 * @return what became of the write
	 */
	WriteResult write(Path target, InputStream content, WriteOptions options);

	/**
	 * Writes what a callback produces, in constant memory.
	 * @param target the file
	 * @param content produces the new content
	 * @return what became of the write
	 */
	default WriteResult write(Path target, ContentWriter content) {
		return write(target, content, defaults());
	}

	/**
	 * Writes what a callback produces, in constant memory. What the callback throws
	 * discards the write: an {@link java.io.IOException} comes out as a
	 * {@link io.atomicwrite.WriteFailedException}, a runtime exception as it is.
	 * @param target the file
	 * @param content produces the new content
	 * @param options how to write
	 * @return what became of the write
	 */
	WriteResult write(Path target, ContentWriter content, WriteOptions options);

	/**
	 * Begins a write whose content the caller produces step by step.
	 * @param target the file
	 * @return the write, to be committed or closed
	 */
	default StagedWrite open(Path target) {
		return open(target, defaults());
	}

	/**
	 * Begins a write whose content the caller produces step by step.
	 * @param target the file
	 * @param options how to write
	 * @return the write, to be committed or closed
	 */
	StagedWrite open(Path target, WriteOptions options);

	/**
	 * Appends bytes: the new content is the old one with the bytes behind it, and readers
	 * see it at once. Copies the old content; takes a lease.
	 * @param target the file, which need not exist
	 * @param bytes what to append
	 * @return what became of the write
	 */
	default WriteResult append(Path target, byte[] bytes) {
		return append(target, bytes, defaults());
	}

	/**
	 * Appends bytes: the new content is the old one with the bytes behind it, and readers
	 * see it at once. Copies the old content; takes a lease.
	 * @param target the file, which need not exist
	 * @param bytes what to append
	 * @param options how to write
	 * @return what became of the write
	 */
	WriteResult append(Path target, byte[] bytes, WriteOptions options);

	/**
	 * Moves a file to another name on the same filesystem, atomically and durably.
	 * @param source the file
	 * @param target its new name
	 * @return what became of the move
	 * @throws io.atomicwrite.CrossDeviceException if the target is on another filesystem,
	 * whatever the safety policy; nothing was moved
	 */
	default WriteResult move(Path source, Path target) {
		return move(source, target, defaults());
	}

	/**
	 * Moves a file to another name on the same filesystem, atomically and durably.
	 * @param source the file
	 * @param target its new name
	 * @param options how to move
	 * @return what became of the move
	 * @throws io.atomicwrite.CrossDeviceException if the target is on another filesystem,
	 * whatever the safety policy; nothing was moved
	 */
	WriteResult move(Path source, Path target, WriteOptions options);

	/**
	 * Deletes a file durably. A symbolic link is deleted only with
	 * {@link SymlinkPolicy#REPLACE}, and then itself.
	 * @param target the file
	 * @return whether there was one
	 */
	default boolean delete(Path target) {
		return delete(target, defaults());
	}

	/**
	 * Deletes a file durably. A symbolic link is deleted only with
	 * {@link SymlinkPolicy#REPLACE}, and then itself.
	 * @param target the file
	 * @param options how to delete
	 * @return whether there was one
	 */
	boolean delete(Path target, WriteOptions options);

	/**
	 * Reads a file whole: one content, never parts of two.
	 * @param file the file
	 * @return its content
	 * @throws UncheckedIOException if it can't be read
	 */
	byte[] read(Path file);

	/**
	 * Reads a text file in UTF-8.
	 * @param file the file
	 * @return its content
	 * @throws UncheckedIOException if it can't be read
	 * @throws FormatException if it is not text in UTF-8
	 */
	String readString(Path file);

	/**
	 * Reads a text file.
	 * @param file the file
	 * @param charset the charset
	 * @return its content
	 * @throws UncheckedIOException if it can't be read
	 * @throws FormatException if it is not text in that charset
	 */
	String readString(Path file, Charset charset);

	/**
	 * Returns the version of a file's content, which takes reading it.
	 * @param file the file
	 * @return its version
	 * @throws UncheckedIOException if it can't be read
	 */
	Version version(Path file);

	/**
	 * Writes a value in the format of the file's extension. The value is encoded before
	 * any file is touched.
	 * @param target the file
	 * @param value the value
	 * @return what became of the write, with the version
	 * @throws FormatException if there is no such format or the value can't be encoded
	 */
	default WriteResult writeValue(Path target, Object value) {
		return writeValue(target, value, defaults());
	}

	/**
	 * Writes a value in the format of the file's extension. The value is encoded before
	 * any file is touched.
	 * @param target the file
	 * @param value the value
	 * @param options how to write
	 * @return what became of the write, with the version
	 * @throws FormatException if there is no such format or the value can't be encoded
	 */
	WriteResult writeValue(Path target, Object value, WriteOptions options);

	/**
	 * Reads a value in the format of the file's extension.
	 * @param file the file
	 * @param type the type of the value
	 * @param <T> the type of the value
	 * @return the value
	 * @throws UncheckedIOException if the file can't be read
	 * @throws FormatException if it does not hold such a value
	 */
	<T> T readValue(Path file, Class<T> type);

	/**
	 * Reads a value in the format of the file's extension.
	 * @param file the file
	 * @param type the generic type of the value
	 * @param <T> the type of the value
	 * @return the value
	 * @throws UncheckedIOException if the file can't be read
	 * @throws FormatException if it does not hold such a value
	 */
	<T> T readValue(Path file, TypeReference<T> type);

	/**
	 * Reads a value with the version of the content it was read from, to be given to
	 * {@link WriteOptions.Builder#expectedVersion} when it is written back.
	 * @param file the file
	 * @param type the type of the value
	 * @param <T> the type of the value
	 * @return the value and its version
	 * @throws UncheckedIOException if the file can't be read
	 * @throws FormatException if it does not hold such a value
	 */
	<T> Versioned<T> readVersioned(Path file, Class<T> type);

	/**
	 * Changes a value: reads it, applies the change and writes the result, all under one
	 * lease, so that no other cooperating writer's change is lost.
	 * @param target the file
	 * @param type the type of the value
	 * @param change gets the value, or {@code null} if there is no file; returns the new
	 * value, which is not written if it equals the old one
	 * @param <T> the type of the value
	 * @return the new value and its version
	 * @throws FormatException if the file does not hold such a value
	 */
	default <T> Versioned<T> update(Path target, Class<T> type, UnaryOperator<@Nullable T> change) {
		return update(target, type, change, defaults());
	}

	/**
	 * Changes a value: reads it, applies the change and writes the result, all under one
	 * lease, so that no other cooperating writer's change is lost.
	 * @param target the file
	 * @param type the type of the value
	 * @param change gets the value, or {@code null} if there is no file; returns the new
	 * value, which is not written if it equals the old one
	 * @param options how to write
	 * @param <T> the type of the value
	 * @return the new value and its version
	 * @throws FormatException if the file does not hold such a value
	 */
	<T> Versioned<T> update(Path target, Class<T> type, UnaryOperator<@Nullable T> change, WriteOptions options);

	/**
	 * Tells what the directory of a path can promise, by what is known of its filesystem.
	 * Tries nothing.
	 * @param path a directory or a file, existing or not
	 * @return the report
	 * @throws UncheckedIOException if that can't be told
	 */
	GuaranteeReport inspect(Path path);

	/**
	 * Looks at the directory of a path and changes nothing. What only a probe can tell is
	 * {@link io.atomicwrite.doctor.Severity#UNKNOWN}, never a guessed yes.
	 * @param path a directory, or a file in one, which need not exist
	 * @return what was found
	 * @throws java.io.UncheckedIOException if not even the nearest directory can be told
	 */
	default DoctorReport diagnose(Path path) {
		return diagnose(path, DoctorOptions.look());
	}

	/**
	 * Diagnoses the directory of a path: what is known of it, and if asked, what it does
	 * when each step of a write is tried there. A probe takes about a second, starts a
	 * second process, and leaves nothing behind.
	 * @param path a directory, or a file in one, which need not exist
	 * @param options whether to try things out, and what to require
	 * @return what was found
	 * @throws java.io.UncheckedIOException if not even the nearest directory can be told
	 */
	DoctorReport diagnose(Path path, DoctorOptions options);

}
