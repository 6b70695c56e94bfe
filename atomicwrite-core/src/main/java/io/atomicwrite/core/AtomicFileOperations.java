package io.atomicwrite.core;

import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import io.atomicwrite.FormatException;
import io.atomicwrite.doctor.DoctorOptions;
import io.atomicwrite.doctor.DoctorReport;
import io.atomicwrite.doctor.Finding.Severity;
import io.atomicwrite.document.AtomicDocument;
import io.atomicwrite.document.DocumentOptions;
import io.atomicwrite.format.TypeReference;
import io.atomicwrite.guarantee.GuaranteeReport;
import io.atomicwrite.publication.Publication;
import io.atomicwrite.publication.PublishedVersion;
import io.atomicwrite.publication.VersionContent;
import org.jspecify.annotations.Nullable;

/**
 * What can be done with plain files that must never be lost or torn. A write is all or
 * nothing for every reader, survives a crash once it has returned, and excludes other
 * cooperating writers; where the filesystem can't keep that, the write is refused before
 * the first byte. Implementations are thread-safe.
 *
 * <p>
 * Each operation that writes exists in three forms: with the configured
 * {@link #defaults()}, with a customizer that changes them for this one call, and with
 * {@link WriteOptions} that replace them.
 *
 * <pre class="code">
 * files.write(path, content, (options) -&gt; options.overwrite(false));
 * </pre>
 *
 * <p>
 * Where a file exists, {@code writeValue} and {@code update} change the values that
 * differ and leave comments, layout and keys that the type does not know alone, as
 * {@link WriteOptions#formatting()} says. An update of malformed content fails, and
 * {@code writeValue} replaces it.
 *
 * <p>
 * Failures of writes and reads are {@link io.atomicwrite.AtomicWriteException}s, which
 * say whether the new content is visible. Content that is {@code null} is refused with a
 * {@link NullPointerException} before any file is touched. An interrupt ends the wait for
 * a lock and nothing else.
 *
 * @see AtomicFileTemplate
 */
public interface AtomicFileOperations extends ReadOperations, IntegrityOperations {

	/**
	 * Returns the options of an operation that brings none, as they are configured.
	 * @return the options
	 */
	WriteOptions defaults();

	/**
	 * Writes bytes.
	 * @param target the file
	 * @param content the new content
	 * @return the result of the write
	 */
	default WriteResult write(Path target, byte[] content) {
		return write(target, content, defaults());
	}

	/**
	 * Writes bytes.
	 * @param target the file
	 * @param content the new content
	 * @param changes changes to the configured options
	 * @return the result of the write
	 */
	default WriteResult write(Path target, byte[] content, Consumer<WriteOptions.Builder> changes) {
		return write(target, content, defaults().with(changes));
	}

	/**
	 * Writes bytes.
	 * @param target the file
	 * @param content the new content
	 * @param options how to write
	 * @return the result of the write
	 */
	WriteResult write(Path target, byte[] content, WriteOptions options);

	/**
	 * Writes text in UTF-8.
	 * @param target the file
	 * @param text the new content
	 * @return the result of the write
	 * @throws FormatException if the text can't be encoded; no file was touched
	 */
	default WriteResult writeString(Path target, CharSequence text) {
		return writeString(target, text, StandardCharsets.UTF_8, defaults());
	}

	/**
	 * Writes text in UTF-8.
	 * @param target the file
	 * @param text the new content
	 * @param changes changes to the configured options
	 * @return the result of the write
	 * @throws FormatException if the text can't be encoded; no file was touched
	 */
	default WriteResult writeString(Path target, CharSequence text, Consumer<WriteOptions.Builder> changes) {
		return writeString(target, text, StandardCharsets.UTF_8, defaults().with(changes));
	}

	/**
	 * Writes text in UTF-8.
	 * @param target the file
	 * @param text the new content
	 * @param options how to write
	 * @return the result of the write
	 * @throws FormatException if the text can't be encoded; no file was touched
	 */
	default WriteResult writeString(Path target, CharSequence text, WriteOptions options) {
		return writeString(target, text, StandardCharsets.UTF_8, options);
	}

	/**
	 * Writes text.
	 * @param target the file
	 * @param text the new content
	 * @param charset the charset
	 * @return the result of the write
	 * @throws FormatException if the text can't be encoded; no file was touched
	 */
	default WriteResult writeString(Path target, CharSequence text, Charset charset) {
		return writeString(target, text, charset, defaults());
	}

	/**
	 * Writes text.
	 * @param target the file
	 * @param text the new content
	 * @param charset the charset
	 * @param changes changes to the configured options
	 * @return the result of the write
	 * @throws FormatException if the text can't be encoded; no file was touched
	 */
	default WriteResult writeString(Path target, CharSequence text, Charset charset,
			Consumer<WriteOptions.Builder> changes) {
		return writeString(target, text, charset, defaults().with(changes));
	}

	/**
	 * Writes text.
	 * @param target the file
	 * @param text the new content
	 * @param charset the charset
	 * @param options how to write
	 * @return the result of the write
	 * @throws FormatException if the text can't be encoded; no file was touched
	 */
	WriteResult writeString(Path target, CharSequence text, Charset charset, WriteOptions options);

	/**
	 * Writes what a stream holds, in constant memory. The stream is read while the lease
	 * is held, and not closed.
	 * @param target the file
	 * @param content the new content
	 * @return the result of the write
	 */
	default WriteResult write(Path target, InputStream content) {
		return write(target, content, defaults());
	}

	/**
	 * Writes what a stream holds, in constant memory. The stream is read while the lease
	 * is held, and not closed.
	 * @param target the file
	 * @param content the new content
	 * @param changes changes to the configured options
	 * @return the result of the write
	 */
	default WriteResult write(Path target, InputStream content, Consumer<WriteOptions.Builder> changes) {
		return write(target, content, defaults().with(changes));
	}

	/**
	 * Writes what a stream holds, in constant memory. The stream is read while the lease
	 * is held, and not closed.
	 * @param target the file
	 * @param content the new content
	 * @param options how to write
	 * @return the result of the write
	 */
	WriteResult write(Path target, InputStream content, WriteOptions options);

	/**
	 * Writes what a callback produces, in constant memory. What the callback throws
	 * discards the write: an {@link java.io.IOException} becomes the cause of a
	 * {@link io.atomicwrite.WriteFailedException}, a runtime exception is thrown as it
	 * is.
	 * @param target the file
	 * @param content produces the new content
	 * @return the result of the write
	 */
	default WriteResult write(Path target, ContentWriter content) {
		return write(target, content, defaults());
	}

	/**
	 * Writes what a callback produces, in constant memory. What the callback throws
	 * discards the write: an {@link java.io.IOException} becomes the cause of a
	 * {@link io.atomicwrite.WriteFailedException}, a runtime exception is thrown as it
	 * is.
	 * @param target the file
	 * @param content produces the new content
	 * @param changes changes to the configured options
	 * @return the result of the write
	 */
	default WriteResult write(Path target, ContentWriter content, Consumer<WriteOptions.Builder> changes) {
		return write(target, content, defaults().with(changes));
	}

	/**
	 * Writes what a callback produces, in constant memory. What the callback throws
	 * discards the write: an {@link java.io.IOException} becomes the cause of a
	 * {@link io.atomicwrite.WriteFailedException}, a runtime exception is thrown as it
	 * is.
	 * @param target the file
	 * @param content produces the new content
	 * @param options how to write
	 * @return the result of the write
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
	 * @param changes changes to the configured options
	 * @return the write, to be committed or closed
	 */
	default StagedWrite open(Path target, Consumer<WriteOptions.Builder> changes) {
		return open(target, defaults().with(changes));
	}

	/**
	 * Begins a write whose content the caller produces step by step.
	 * @param target the file
	 * @param options how to write
	 * @return the write, to be committed or closed
	 */
	StagedWrite open(Path target, WriteOptions options);

	/**
	 * Writes many files with few waits for the disk: their syncs are in flight together,
	 * and each directory is synced once for many files. Each file is atomic by itself;
	 * one that fails leaves the others alone, unless the batch is
	 * {@link Batch.Builder#allOrNothing()}. Readers may see some files new and others
	 * old; those that must see one set whole read a publication.
	 *
	 * <p>
	 * Files are written in rounds, so that the number of files is not limited by memory
	 * or descriptors. The leases of a round are acquired in the order of their paths, and
	 * the timeout of the lock limits the waits of all files together. An interrupt ends
	 * the call before the next file; those that were begun are finished, or given up if
	 * the batch is all or nothing. The flag is kept.
	 * @param batch the files
	 * @return the outcome of each file; all of them are written
	 * @throws BatchFailedException if a file was not written, or the thread was
	 * interrupted; it has the outcome of each
	 */
	BatchResult writeAll(Batch batch);

	/**
	 * Returns a publication: a set of files that readers see whole, whose versions lie in
	 * a directory of their own. Does no I/O.
	 * @param directory the directory that is to have the publication
	 * @param name its name, that of the directory of its versions
	 * @return the publication
	 */
	Publication publication(Path directory, String name);

	/**
	 * Publishes a version of a set of files that readers see whole, see
	 * {@link Publication#publish(VersionContent)}.
	 * @param directory the directory that has the publication
	 * @param name the name of the publication
	 * @param content produces the files
	 * @return the version
	 */
	default PublishedVersion publish(Path directory, String name, VersionContent content) {
		return publication(directory, name).publish(content);
	}

	/**
	 * Appends bytes: the new content is the old one followed by the bytes, and readers
	 * see it at once. Copies the old content; takes a lease.
	 * @param target the file, which need not exist
	 * @param bytes what to append
	 * @return the result of the write
	 * @throws IllegalArgumentException if the options take no lock or do not overwrite
	 */
	default WriteResult append(Path target, byte[] bytes) {
		return append(target, bytes, defaults());
	}

	/**
	 * Appends bytes: the new content is the old one followed by the bytes, and readers
	 * see it at once. Copies the old content; takes a lease.
	 * @param target the file, which need not exist
	 * @param bytes what to append
	 * @param changes changes to the configured options
	 * @return the result of the write
	 * @throws IllegalArgumentException if the options take no lock or do not overwrite
	 */
	default WriteResult append(Path target, byte[] bytes, Consumer<WriteOptions.Builder> changes) {
		return append(target, bytes, defaults().with(changes));
	}

	/**
	 * Appends bytes: the new content is the old one followed by the bytes, and readers
	 * see it at once. Copies the old content; takes a lease.
	 * @param target the file, which need not exist
	 * @param bytes what to append
	 * @param options how to write
	 * @return the result of the write
	 * @throws IllegalArgumentException if the options take no lock or do not overwrite
	 */
	WriteResult append(Path target, byte[] bytes, WriteOptions options);

	/**
	 * Appends what a stream holds, in constant memory: the new content is the old one
	 * followed by the stream's, and readers see it at once. Copies the old content; takes
	 * a lease. The stream is read while the lease is held, and not closed.
	 * @param target the file, which need not exist
	 * @param content what to append
	 * @return the result of the write
	 * @throws IllegalArgumentException if the options take no lock or do not overwrite
	 */
	default WriteResult append(Path target, InputStream content) {
		return append(target, content, defaults());
	}

	/**
	 * Appends what a stream holds, in constant memory: the new content is the old one
	 * followed by the stream's, and readers see it at once. Copies the old content; takes
	 * a lease. The stream is read while the lease is held, and not closed.
	 * @param target the file, which need not exist
	 * @param content what to append
	 * @param changes changes to the configured options
	 * @return the result of the write
	 * @throws IllegalArgumentException if the options take no lock or do not overwrite
	 */
	default WriteResult append(Path target, InputStream content, Consumer<WriteOptions.Builder> changes) {
		return append(target, content, defaults().with(changes));
	}

	/**
	 * Appends what a stream holds, in constant memory: the new content is the old one
	 * followed by the stream's, and readers see it at once. Copies the old content; takes
	 * a lease. The stream is read while the lease is held, and not closed.
	 * @param target the file, which need not exist
	 * @param content what to append
	 * @param options how to write
	 * @return the result of the write
	 * @throws IllegalArgumentException if the options take no lock or do not overwrite
	 */
	WriteResult append(Path target, InputStream content, WriteOptions options);

	/**
	 * Moves a file to another name on the same filesystem, atomically and durably. With
	 * locks of several hosts it is not fenced: its lease is checked right before, and a
	 * process that is suspended just then may still move a file over newer content.
	 * @param source the file
	 * @param target its new name
	 * @return the result of the move
	 * @throws io.atomicwrite.CrossDeviceException if the target is on another filesystem,
	 * whatever the safety policy; nothing was moved
	 */
	default WriteResult move(Path source, Path target) {
		return move(source, target, defaults());
	}

	/**
	 * Moves a file to another name on the same filesystem, atomically and durably. With
	 * locks of several hosts it is not fenced: its lease is checked right before, and a
	 * process that is suspended just then may still move a file over newer content.
	 * @param source the file
	 * @param target its new name
	 * @param changes changes to the configured options
	 * @return the result of the move
	 * @throws io.atomicwrite.CrossDeviceException if the target is on another filesystem,
	 * whatever the safety policy; nothing was moved
	 */
	default WriteResult move(Path source, Path target, Consumer<WriteOptions.Builder> changes) {
		return move(source, target, defaults().with(changes));
	}

	/**
	 * Moves a file to another name on the same filesystem, atomically and durably. With
	 * locks of several hosts it is not fenced: its lease is checked right before, and a
	 * process that is suspended just then may still move a file over newer content.
	 * @param source the file
	 * @param target its new name
	 * @param options how to move
	 * @return the result of the move
	 * @throws io.atomicwrite.CrossDeviceException if the target is on another filesystem,
	 * whatever the safety policy; nothing was moved
	 */
	WriteResult move(Path source, Path target, WriteOptions options);

	/**
	 * Deletes a file durably. A symbolic link is deleted only with
	 * {@link SymlinkPolicy#REPLACE}, and then itself. With locks of several hosts it is
	 * not fenced, as {@link #move(Path, Path)} is not.
	 * @param target the file
	 * @return the result; its {@link WriteResult#changed()} says whether there was a file
	 */
	default WriteResult delete(Path target) {
		return delete(target, defaults());
	}

	/**
	 * Deletes a file durably. A symbolic link is deleted only with
	 * {@link SymlinkPolicy#REPLACE}, and then itself. With locks of several hosts it is
	 * not fenced, as {@link #move(Path, Path)} is not.
	 * @param target the file
	 * @param changes changes to the configured options
	 * @return the result; its {@link WriteResult#changed()} says whether there was a file
	 */
	default WriteResult delete(Path target, Consumer<WriteOptions.Builder> changes) {
		return delete(target, defaults().with(changes));
	}

	/**
	 * Deletes a file durably. A symbolic link is deleted only with
	 * {@link SymlinkPolicy#REPLACE}, and then itself. With locks of several hosts it is
	 * not fenced, as {@link #move(Path, Path)} is not.
	 * @param target the file
	 * @param options how to delete
	 * @return the result; its {@link WriteResult#changed()} says whether there was a file
	 */
	WriteResult delete(Path target, WriteOptions options);

	/**
	 * Writes a value in the format of the file's extension. The value is encoded before
	 * any file is touched, and decoded again to make sure that it can be read.
	 * @param target the file
	 * @param value the value
	 * @return the result of the write, with the version
	 * @throws FormatException if there is no such format, the value can't be encoded, or
	 * the format can't decode what it encoded; no file was touched
	 */
	default WriteResult writeValue(Path target, Object value) {
		return writeValue(target, value, defaults());
	}

	/**
	 * Writes a value in the format of the file's extension. The value is encoded before
	 * any file is touched, and decoded again to make sure that it can be read.
	 * @param target the file
	 * @param value the value
	 * @param changes changes to the configured options
	 * @return the result of the write, with the version
	 * @throws FormatException if there is no such format, the value can't be encoded, or
	 * the format can't decode what it encoded; no file was touched
	 */
	default WriteResult writeValue(Path target, Object value, Consumer<WriteOptions.Builder> changes) {
		return writeValue(target, value, defaults().with(changes));
	}

	/**
	 * Writes a value in the format of the file's extension. The value is encoded before
	 * any file is touched, and decoded again to make sure that it can be read.
	 * @param target the file
	 * @param value the value
	 * @param options how to write
	 * @return the result of the write, with the version
	 * @throws FormatException if there is no such format, the value can't be encoded, or
	 * the format can't decode what it encoded; no file was touched
	 */
	WriteResult writeValue(Path target, Object value, WriteOptions options);

	/**
	 * Changes a value: reads it, applies the change and writes the result, all under one
	 * lease, so that no other cooperating writer's change is lost.
	 * @param target the file
	 * @param type the type of the value
	 * @param change gets the value, or {@code null} if there is no file; returns the new
	 * value, which is not written if it equals the old one
	 * @param <T> the type of the value
	 * @return the value that the file holds now, its version and the result of the write
	 * @throws FormatException if the file does not hold such a value, or the format can't
	 * decode what it encoded the new value to
	 * @throws NullPointerException if the change returns {@code null}; nothing was
	 * written
	 * @throws IllegalArgumentException if the options take no lock
	 */
	default <T> UpdateResult<T> update(Path target, Class<T> type, UnaryOperator<@Nullable T> change) {
		return update(target, TypeReference.of(type), change, defaults());
	}

	/**
	 * Changes a value: reads it, applies the change and writes the result, all under one
	 * lease, so that no other cooperating writer's change is lost.
	 * @param target the file
	 * @param type the type of the value
	 * @param change gets the value, or {@code null} if there is no file; returns the new
	 * value, which is not written if it equals the old one
	 * @param changes changes to the configured options
	 * @param <T> the type of the value
	 * @return the value that the file holds now, its version and the result of the write
	 * @throws FormatException if the file does not hold such a value, or the format can't
	 * decode what it encoded the new value to
	 * @throws NullPointerException if the change returns {@code null}; nothing was
	 * written
	 * @throws IllegalArgumentException if the options take no lock
	 */
	default <T> UpdateResult<T> update(Path target, Class<T> type, UnaryOperator<@Nullable T> change,
			Consumer<WriteOptions.Builder> changes) {
		return update(target, TypeReference.of(type), change, defaults().with(changes));
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
	 * @return the value that the file holds now, its version and the result of the write
	 * @throws FormatException if the file does not hold such a value, or the format can't
	 * decode what it encoded the new value to
	 * @throws NullPointerException if the change returns {@code null}; nothing was
	 * written
	 * @throws IllegalArgumentException if the options take no lock
	 */
	default <T> UpdateResult<T> update(Path target, Class<T> type, UnaryOperator<@Nullable T> change,
			WriteOptions options) {
		return update(target, TypeReference.of(type), change, options);
	}

	/**
	 * Changes a value: reads it, applies the change and writes the result, all under one
	 * lease, so that no other cooperating writer's change is lost.
	 * @param target the file
	 * @param type the generic type of the value
	 * @param change gets the value, or {@code null} if there is no file; returns the new
	 * value, which is not written if it equals the old one
	 * @param <T> the type of the value
	 * @return the value that the file holds now, its version and the result of the write
	 * @throws FormatException if the file does not hold such a value, or the format can't
	 * decode what it encoded the new value to
	 * @throws NullPointerException if the change returns {@code null}; nothing was
	 * written
	 * @throws IllegalArgumentException if the options take no lock
	 */
	default <T> UpdateResult<T> update(Path target, TypeReference<T> type, UnaryOperator<@Nullable T> change) {
		return update(target, type, change, defaults());
	}

	/**
	 * Changes a value: reads it, applies the change and writes the result, all under one
	 * lease, so that no other cooperating writer's change is lost.
	 * @param target the file
	 * @param type the generic type of the value
	 * @param change gets the value, or {@code null} if there is no file; returns the new
	 * value, which is not written if it equals the old one
	 * @param changes changes to the configured options
	 * @param <T> the type of the value
	 * @return the value that the file holds now, its version and the result of the write
	 * @throws FormatException if the file does not hold such a value, or the format can't
	 * decode what it encoded the new value to
	 * @throws NullPointerException if the change returns {@code null}; nothing was
	 * written
	 * @throws IllegalArgumentException if the options take no lock
	 */
	default <T> UpdateResult<T> update(Path target, TypeReference<T> type, UnaryOperator<@Nullable T> change,
			Consumer<WriteOptions.Builder> changes) {
		return update(target, type, change, defaults().with(changes));
	}

	/**
	 * Changes a value: reads it, applies the change and writes the result, all under one
	 * lease, so that no other cooperating writer's change is lost.
	 * @param target the file
	 * @param type the generic type of the value
	 * @param change gets the value, or {@code null} if there is no file; returns the new
	 * value, which is not written if it equals the old one
	 * @param options how to write
	 * @param <T> the type of the value
	 * @return the value that the file holds now, its version and the result of the write
	 * @throws FormatException if the file does not hold such a value, or the format can't
	 * decode what it encoded the new value to
	 * @throws NullPointerException if the change returns {@code null}; nothing was
	 * written
	 * @throws IllegalArgumentException if the options take no lock
	 */
	<T> UpdateResult<T> update(Path target, TypeReference<T> type, UnaryOperator<@Nullable T> change,
			WriteOptions options);

	/**
	 * Opens a document: a value that is read from memory, changed durably and reloaded
	 * when someone else edits the file. Reads the file. There is one document for a file;
	 * it is returned again if it is open.
	 * @param file the file, whose extension determines the format
	 * @param type the type of the value
	 * @param <T> the type of the value
	 * @return the document
	 * @throws FormatException if the file holds no valid value and there is no copy of
	 * the last valid content
	 * @throws io.atomicwrite.TargetMissingException if there is no file and there are no
	 * defaults
	 * @throws IllegalStateException if the file is open as a document with other options
	 */
	default <T> AtomicDocument<T> document(Path file, Class<T> type) {
		return document(file, TypeReference.of(type));
	}

	/**
	 * Opens a document, as {@link #document(Path, Class)} does.
	 * @param file the file, whose extension determines the format
	 * @param type the generic type of the value
	 * @param <T> the type of the value
	 * @return the document
	 */
	default <T> AtomicDocument<T> document(Path file, TypeReference<T> type) {
		return document(file, DocumentOptions.of(type).build());
	}

	/**
	 * Opens a document, as {@link #document(Path, Class)} does.
	 * @param file the file, whose extension determines the format
	 * @param options what it holds and how it behaves
	 * @param <T> the type of the value
	 * @return the document
	 */
	<T> AtomicDocument<T> document(Path file, DocumentOptions<T> options);

	/**
	 * Reports what the directory of a path can promise, by what is known of its
	 * filesystem. Tries nothing.
	 * @param path a directory or a file, existing or not
	 * @return the report
	 * @throws io.atomicwrite.ReadFailedException if the mount table or the directory
	 * can't be read
	 */
	GuaranteeReport inspect(Path path);

	/**
	 * Looks at the directory of a path and changes nothing. What only a probe can find
	 * out is {@link io.atomicwrite.doctor.Finding.Severity#UNKNOWN}, never a guessed yes.
	 * @param path a directory, or a file in one, which need not exist
	 * @return what was found
	 * @throws io.atomicwrite.ReadFailedException if not even the nearest directory can be
	 * read
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
	 * @throws io.atomicwrite.ReadFailedException if not even the nearest directory can be
	 * read
	 */
	DoctorReport diagnose(Path path, DoctorOptions options);

}
