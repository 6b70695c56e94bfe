package io.atomicwrite.document;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

import io.atomicwrite.format.Edit;
import io.atomicwrite.format.EditableFormat;
import io.atomicwrite.format.Format;
import io.atomicwrite.format.syntax.Trees;
import io.atomicwrite.manifest.Stamp;
import org.jspecify.annotations.Nullable;

/**
 * Turns the content of a document's file into its value and back, in memory. Immutable
 * and thread-safe.
 *
 * @param <T> the type of the value
 */
final class DocumentCodec<T> {

	private final EditableFormat format;

	private final Secrets secrets;

	private final ContentReader<T> reader;

	private final ValueWriter<T> writer;

	private DocumentCodec(Path path, EditableFormat format, DocumentOptions<T> options, @Nullable Object defaults,
			InstantSource clock) {
		this.format = format;
		this.secrets = new Secrets(options.secrets());
		this.reader = new ContentReader<>(path, format, options, defaults);
		this.writer = new ValueWriter<>(this.reader, format, options, clock);
	}

	/**
	 * Creates a codec.
	 * @param path the file, for messages
	 * @param format the format of the file
	 * @param options how the document is read and written
	 * @param clock when a content is made, if its envelope is to say so
	 * @param <T> the type of the value
	 * @return the codec
	 * @throws IllegalArgumentException if the format can't do what the options ask for,
	 * or can't encode the defaults
	 * @throws IllegalStateException if Jakarta Validation is on the class path and can't
	 * be used
	 */
	static <T> DocumentCodec<T> of(Path path, Format format, DocumentOptions<T> options, InstantSource clock) {
		EditableFormat editable = (format instanceof EditableFormat known) ? known : new WholeFormat(format);
		boolean trees = options.schema() > 0 || options.envelope().isPresent()
				|| options.unknown() != UnknownFields.PRESERVE;
		if (trees && editable instanceof WholeFormat) {
			throw new IllegalArgumentException(path + ": the format " + format.getClass().getName()
					+ " knows no keys, as it is no EditableFormat: schema numbers, envelopes and unknown(REJECT | DROP) need one");
		}
		try {
			Object defaults = options.defaults().isPresent() ? editable.toTree(options.defaults().get().get()) : null;
			return new DocumentCodec<>(path, editable, options, defaults, clock);
		}
		catch (IOException ex) {
			throw new IllegalArgumentException(path + ": the defaults can't be encoded: " + ex.getMessage(), ex);
		}
	}

	/**
	 * Returns what a content is.
	 * @param content the content of the file
	 * @return the reading; never throws for any content
	 */
	Reading<T> read(byte[] content) {
		return this.reader.read(content);
	}

	/**
	 * Returns what a missing file is: the defaults, or invalid where there are none.
	 * @return the reading, with a value of its own each time
	 */
	Reading<T> missing() {
		return this.reader.missing();
	}

	/**
	 * Returns the content that the file is to have for a value. It has been read again
	 * and has that value.
	 * @param old the content that the file has, valid or not, or {@code null} if there is
	 * no file. A content that can't be parsed is replaced
	 * @param after the value
	 * @return the new content, which is that of {@code old} if nothing has to be changed
	 * @throws InvalidDocumentException if the value is not valid, or the format can't
	 * hold it
	 * @throws io.atomicwrite.FormatException if the edit is not minimal and must be
	 */
	Edit write(byte @Nullable [] old, T after) {
		return this.writer.write(old, after);
	}

	/**
	 * Returns the content that the file is to have after a change, as {@link #write}
	 * does.
	 * @param old the content that the file has, which is valid
	 * @param before the tree of the value before the change
	 * @param after the value after it
	 * @return the new content, empty if both values have the same tree
	 * @throws InvalidDocumentException if the value is not valid, or the format can't
	 * hold it
	 * @throws io.atomicwrite.FormatException if the edit is not minimal and must be
	 */
	Optional<Edit> change(byte[] old, @Nullable Object before, T after) {
		return this.writer.change(old, before, after);
	}

	/**
	 * Returns the stamp that a content has of itself.
	 * @param content the content
	 * @return the stamp, empty if documents have no envelope, or this content has none
	 */
	Optional<Stamp> stamp(byte[] content) {
		return this.reader.stamp(content);
	}

	/**
	 * Returns whether a content that has a value already stays as it is when the document
	 * is changed to that value.
	 * @param content the content
	 * @return {@code false} if its envelope names another run or source
	 */
	boolean isOfSameRun(byte[] content) {
		return this.reader.isOfSameRun(content);
	}

	/**
	 * Returns how two values differ.
	 * @param before the old value
	 * @param after the new value
	 * @return the differences, secrets masked
	 */
	List<FieldChange> diff(T before, T after) {
		return new TreeDiff(this.secrets).of(this.writer.tree(before), this.writer.tree(after));
	}

	/**
	 * Returns whether two values stand for the same content, whether or not their type
	 * has {@code equals}.
	 * @param one a value
	 * @param other a value
	 * @return whether they do; {@code false} if they can't be encoded
	 */
	boolean isSame(T one, T other) {
		try {
			return one.equals(other) || Trees.equal(this.format.toTree(one), this.format.toTree(other));
		}
		catch (IOException ex) {
			return false;
		}
	}

	/**
	 * Returns what finds out whether a function changes the value that it gets.
	 * @param value the value, before the function is invoked
	 * @return the fingerprint
	 */
	Fingerprint fingerprint(T value) {
		return new Fingerprint(() -> this.writer.tree(value));
	}

}
