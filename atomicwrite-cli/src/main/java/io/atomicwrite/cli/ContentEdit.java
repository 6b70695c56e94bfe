package io.atomicwrite.cli;

import java.io.IOException;
import java.util.List;

import io.atomicwrite.format.Edit;
import io.atomicwrite.format.Formatting;
import io.atomicwrite.format.MalformedContentException;
import io.atomicwrite.format.NotMinimalException;
import io.atomicwrite.format.syntax.Grammar;
import io.atomicwrite.format.syntax.Trees;
import org.jspecify.annotations.Nullable;

/**
 * Turns the content of a file into the one with the changes, in memory.
 */
final class ContentEdit {

	private final DataFormat format;

	private final Formatting formatting;

	private final TreeEdit edit;

	private final @Nullable SchemaCheck schema;

	ContentEdit(DataFormat format, Formatting formatting, TreeEdit edit, @Nullable SchemaCheck schema) {
		this.format = format;
		this.formatting = formatting;
		this.edit = edit;
		this.schema = schema;
	}

	/**
	 * Makes the changes.
	 * @param before the content, or {@code null} if there is no file
	 * @return the content with them
	 * @throws Failure if they can't be made; it names keys and places and no value
	 */
	Edited apply(byte @Nullable [] before) {
		Object tree = (before != null && before.length > 0) ? read(before).tree() : null;
		List<TreeChange> changes = this.edit.changes(tree);
		if (changes.isEmpty()) {
			return unchanged(before);
		}
		Object wanted = tree;
		for (TreeChange change : changes) {
			requireHeld(change);
			wanted = change.apply(wanted);
		}
		try {
			wanted = this.format.grammar().held(wanted);
			if (before == null || before.length == 0) {
				return fresh(wanted);
			}
			if (Trees.equal(tree, wanted)) {
				return unchanged(before);
			}
			Edit edited = edited(before, tree, changes, wanted);
			check(edited.content());
			return new Edited(edited.content(), false, edited.losses());
		}
		catch (NotMinimalException ex) {
			throw Failure.of("", String.valueOf(ex.getMessage()),
					"the file is as it was; make the change by hand, or allow a loss with --formatting minimal or rewrite");
		}
		catch (IOException ex) {
			throw Failure.of("", String.valueOf(ex.getMessage()), "the file is as it was");
		}
	}

	private Edited unchanged(byte @Nullable [] before) {
		if (before != null) {
			check(before);
		}
		return new Edited((before != null) ? before : new byte[0], true, List.of());
	}

	/** Fails where nothing at all is no content of the format. */
	void requireEmptyIsValid() {
		try {
			this.format.grammar().read(new byte[0]);
		}
		catch (MalformedContentException ex) {
			throw Failure.of("", "is empty, which is no valid " + this.format, "set and merge begin it with --create");
		}
	}

	private Edited fresh(@Nullable Object wanted) throws IOException {
		byte[] content = this.format.grammar().write(wanted);
		check(content);
		return new Edited(content, false, List.of());
	}

	private Edit edited(byte[] before, @Nullable Object tree, List<TreeChange> changes, @Nullable Object wanted)
			throws IOException {
		if (this.format == DataFormat.YAML && this.formatting != Formatting.REWRITE && YamlReferences.mayBeIn(before)) {
			Edit kept = new YamlReferences(tree, wanted).edit(before, changes, this.formatting);
			if (kept != null) {
				return kept;
			}
		}
		return this.format.grammar().edit(before, wanted, this.formatting);
	}

	private Grammar.Parsed read(byte[] content) {
		try {
			return this.format.grammar().read(content);
		}
		catch (MalformedContentException ex) {
			throw malformed(this.format, ex);
		}
	}

	static Failure malformed(DataFormat format, MalformedContentException ex) {
		return Failure.of("", "is no valid " + format + ": " + ex.getMessage(),
				"correct it, or name its format with --format; nothing was written");
	}

	private void requireHeld(TreeChange change) {
		if (!change.removes() && change.value() == null && !this.format.holdsNull()) {
			throw Failure.of("", "a file of the format " + this.format + " can't hold null",
					"atomic-write unset removes a value");
		}
	}

	private void check(byte[] content) {
		if (this.schema != null) {
			this.schema.check(read(content));
		}
	}

	/**
	 * The content with the changes.
	 *
	 * @param content the bytes
	 * @param same whether they are what the file holds already
	 * @param losses what was lost beside the values that change, each with its line
	 */
	record Edited(byte[] content, boolean same, List<String> losses) {
	}

}
