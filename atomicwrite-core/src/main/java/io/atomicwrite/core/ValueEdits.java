package io.atomicwrite.core;

import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.file.Path;

import io.atomicwrite.AtomicWriteException;
import io.atomicwrite.FormatException;
import io.atomicwrite.Problem;
import io.atomicwrite.Remedy;
import io.atomicwrite.format.Edit;
import io.atomicwrite.format.EditableFormat;
import io.atomicwrite.format.Formatting;
import io.atomicwrite.format.MalformedContentException;
import io.atomicwrite.format.NotMinimalException;
import io.atomicwrite.format.syntax.Trees;
import io.atomicwrite.fs.FileStat;
import org.jspecify.annotations.Nullable;

/**
 * Puts a value into the content that a file has, so that the rest of its text stays. What
 * is written is decoded first and must be the value.
 */
final class ValueEdits {

	private final TypedValues values;

	private final OldContent oldContent;

	private final ReadForms reads;

	ValueEdits(TypedValues values, OldContent oldContent, ReadForms reads) {
		this.values = values;
		this.oldContent = oldContent;
		this.reads = reads;
	}

	/**
	 * Returns what a file is to hold that gets a value whatever it holds: content that
	 * can't be read, or is malformed, is replaced.
	 * @param encoded the value encoded for a new file
	 */
	byte[] replacement(PendingWrite write, Object value, byte[] encoded) {
		EditableFormat format = format(write);
		FileStat existing = write.target().existing();
		if (format == null || existing == null || !existing.isRegular() || existing.size() > format.limits().size()) {
			return encoded;
		}
		Path path = write.target().path();
		byte[] old;
		try {
			old = this.oldContent.read(write, () -> this.reads.read(path));
		}
		catch (AtomicWriteException ex) {
			return encoded;
		}
		return edited(write, format, old, value, value.getClass(), encoded);
	}

	/** Returns what a file is to hold whose value has changed. */
	byte[] update(PendingWrite write, byte[] old, Object value, Type type, byte[] encoded) {
		EditableFormat format = format(write);
		return (format != null) ? edited(write, format, old, value, type, encoded) : encoded;
	}

	private @Nullable EditableFormat format(PendingWrite write) {
		boolean rewrite = write.site().options().formatting() == Formatting.REWRITE;
		return rewrite ? null : this.values.editable(write.target().path());
	}

	private static byte[] edited(PendingWrite write, EditableFormat format, byte[] old, Object value, Type type,
			byte[] encoded) {
		Path path = write.target().path();
		Formatting formatting = write.site().options().formatting();
		try {
			Edit edit = format.edit(old, value, type, formatting);
			if (isSame(format, edit.content(), encoded, type)) {
				edit.losses().forEach((loss) -> warn(write, loss));
				return edit.content();
			}
			requireOptional(path, formatting, "the file has keys that the type reads under another name");
			warn(write, "keys and layout of the whole file, as its keys have other names than the value's");
		}
		catch (NotMinimalException ex) {
			throw notMinimal(path, String.valueOf(ex.getMessage()), ex);
		}
		catch (MalformedContentException ex) {
			requireOptional(path, formatting, "the old content is malformed: " + ex.getMessage());
			warn(write, "all of the old content, as it is malformed: " + ex.getMessage());
		}
		catch (IOException ex) {
			requireOptional(path, formatting, String.valueOf(ex.getMessage()));
			warn(write, "the layout of the whole file: " + ex.getMessage());
		}
		return encoded;
	}

	/** Whether what is edited is read as what is encoded anew. */
	private static boolean isSame(EditableFormat format, byte[] edited, byte[] encoded, Type type) throws IOException {
		Object expected;
		try {
			expected = format.decode(encoded, type);
		}
		catch (IOException ex) {
			// a type for writing alone
			return true;
		}
		Object found;
		try {
			found = format.decode(edited, type);
		}
		catch (IOException ex) {
			return false;
		}
		return found != null && expected != null
				&& (found.equals(expected) || Trees.equal(format.toTree(found), format.toTree(expected)));
	}

	private static void requireOptional(Path path, Formatting formatting, String reason) {
		if (formatting == Formatting.REQUIRE_MINIMAL) {
			throw notMinimal(path, "the change can't be made without a loss: " + reason, null);
		}
	}

	private static FormatException notMinimal(Path path, String summary, @Nullable IOException cause) {
		return new FormatException(path, null, Problem.of(summary, Remedy.ALLOW_REWRITE), cause);
	}

	private static void warn(PendingWrite write, String loss) {
		write.site().grant().warnings().add("not kept by the change of a value: " + loss);
	}

}
