package io.atomicwrite.document;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.atomicwrite.FormatException;
import io.atomicwrite.Problem;
import io.atomicwrite.Remedy;
import io.atomicwrite.document.ContentReader.Parsed;
import io.atomicwrite.document.DocumentProblem.Kind;
import io.atomicwrite.format.Edit;
import io.atomicwrite.format.EditableFormat;
import io.atomicwrite.format.Formatting;
import io.atomicwrite.format.NotMinimalException;
import io.atomicwrite.format.syntax.Trees;
import org.jspecify.annotations.Nullable;

/**
 * Makes a content of a value: what has changed is changed in the content that the file
 * has, and what comes out is read again and must be the value. Thread-safe.
 *
 * @param <T> the type of the value
 */
final class ValueWriter<T> {

	private static final byte[] NOTHING = "\n".getBytes(StandardCharsets.UTF_8);

	private static final List<String> RENAMED = List
		.of("keys and layout of the whole file, as its keys have other names than the value's");

	private final ContentReader<T> reader;

	private final EditableFormat format;

	private final DocumentOptions<T> options;

	private final InstantSource clock;

	/** What was written last, and the tree of the value that it was written for. */
	private volatile @Nullable Written last;

	ValueWriter(ContentReader<T> reader, EditableFormat format, DocumentOptions<T> options, InstantSource clock) {
		this.reader = reader;
		this.format = format;
		this.options = options;
		this.clock = clock;
	}

	Optional<Edit> change(byte[] old, @Nullable Object before, T after) {
		requireValid(after);
		Object tree = tree(after);
		return Trees.equal(before, tree) ? Optional.empty() : Optional.of(write(old, after, tree));
	}

	Edit write(byte @Nullable [] old, T after) {
		requireValid(after);
		return write(old, after, tree(after));
	}

	private void requireValid(T value) {
		this.reader.violation(value, null).ifPresent((problem) -> {
			throw InvalidDocumentException.ofValue(problem, null);
		});
	}

	private Edit write(byte @Nullable [] old, T after, @Nullable Object tree) {
		if (old == null || old.length == 0) {
			return fresh(after, tree, List.of());
		}
		Parsed parsed;
		try {
			parsed = this.reader.parse(old);
		}
		catch (RefusedContentException ex) {
			String reason = "all of the old content, as it is not valid: " + ex.reason();
			requireOptional(reason);
			return fresh(after, tree, List.of(reason));
		}
		if (parsed.schema() > this.reader.schema().current()) {
			throw refused(Kind.TOO_NEW,
					"the file has the schema " + parsed.schema() + ", which this application must not write", null);
		}
		return edited(old, parsed, after, tree);
	}

	/** The tree of a value as the file has it. */
	@Nullable Object tree(T value) {
		Object tree;
		try {
			tree = this.format.toTree(value);
		}
		catch (IOException ex) {
			throw refused(Kind.NOT_WRITABLE, "it can't be encoded: " + ex.getMessage(), ex);
		}
		Schema schema = this.reader.schema();
		if (schema.isUsed() && !(tree instanceof Map<?, ?> map && !map.containsKey(schema.key()))) {
			throw refused(Kind.NOT_WRITABLE,
					(tree instanceof Map)
							? "it has a field '" + schema.key()
									+ "', which is the key of the schema number; see schemaKey of the DocumentOptions"
							: "a file with a schema number holds keys and values",
					null);
		}
		this.reader.envelope().ifPresent((envelope) -> requireRoom(envelope, tree));
		return tree;
	}

	private void requireRoom(Envelope envelope, @Nullable Object tree) {
		if (!(tree instanceof Map<?, ?> map)) {
			throw refused(Kind.NOT_WRITABLE, "a file with an envelope holds keys and values", null);
		}
		for (String key : envelope.keys()) {
			if (map.containsKey(key)) {
				throw refused(Kind.NOT_WRITABLE,
						"it has a field '" + key + "', which is a key of the envelope; see withKeys of the Envelope",
						null);
			}
		}
	}

	private Edit fresh(T after, @Nullable Object tree, List<String> losses) {
		Object wanted = this.options.writeDefaults() ? tree : Layers.beyond(tree, Map.of(), this.reader.defaults());
		try {
			byte[] content = filled(
					this.format.writeTree(sealed(this.reader.schema().stamped(wanted, Map.of()), Map.of())));
			requireSame(content, after, tree);
			return new Edit(content, losses.isEmpty(), losses);
		}
		catch (IOException ex) {
			throw refused(Kind.NOT_WRITABLE, String.valueOf(ex.getMessage()), ex);
		}
	}

	/** A content without a byte would be taken for one that was lost. */
	private static byte[] filled(byte[] content) {
		return (content.length == 0) ? NOTHING : content;
	}

	private Edit edited(byte[] old, Parsed parsed, T after, @Nullable Object tree) {
		try {
			try {
				return edit(old, parsed, changed(old, parsed, tree), after, tree);
			}
			catch (NotMinimalException ex) {
				throw notMinimal(String.valueOf(ex.getMessage()), ex);
			}
			catch (IOException ex) {
				requireOptional(String.valueOf(ex.getMessage()));
				Edit edit = edit(old, parsed, replaced(parsed, tree), after, tree);
				return new Edit(edit.content(), false, with(RENAMED, edit.losses()));
			}
		}
		catch (IOException ex) {
			throw refused(Kind.NOT_WRITABLE, String.valueOf(ex.getMessage()), ex);
		}
	}

	/** What the file is to have: only what differs from its own value changes. */
	private @Nullable Object changed(byte[] old, Parsed parsed, @Nullable Object tree) {
		Object file = parsed.body();
		try {
			Written known = this.last;
			Object before = (known != null && known.content() == old) ? known.tree()
					: this.format.toTree(this.reader.bind(file));
			if (this.options.unknown() != UnknownFields.PRESERVE) {
				for (List<Object> path : this.reader.unknownKeys(file)) {
					file = Trees.without(file, path);
				}
			}
			return complete(parsed, Trees.patch(file, before, tree), file, tree);
		}
		catch (IOException ex) {
			// not of the type: what a correct file would lack may be unknown to it
			return complete(parsed, Layers.over(file, tree), file, tree);
		}
	}

	/** As above, where keys are read under another name: those of the value alone. */
	private @Nullable Object replaced(Parsed parsed, @Nullable Object tree) {
		Object wanted = tree;
		try {
			for (List<Object> path : (this.options.unknown() == UnknownFields.PRESERVE)
					? this.reader.unknownKeys(parsed.body()) : List.<List<Object>>of()) {
				wanted = Layers.with(wanted, parsed.body(), path);
			}
		}
		catch (IOException ex) {
			// not of the type: nothing is known of its keys
		}
		return complete(parsed, wanted, parsed.body(), tree);
	}

	private @Nullable Object complete(Parsed parsed, @Nullable Object wanted, @Nullable Object file,
			@Nullable Object tree) {
		Object whole = this.options.writeDefaults() ? Layers.beneath(wanted, tree)
				: Layers.beyond(wanted, file, this.reader.defaults());
		Object old = (parsed.tree() != null) ? parsed.tree() : Map.of();
		return sealed(this.reader.schema().stamped(whole, old), old);
	}

	/** The stamp stays where nothing else changes and it is of the same run. */
	private @Nullable Object sealed(@Nullable Object tree, Object old) {
		Envelope envelope = this.reader.envelope().orElse(null);
		if (envelope == null || !(tree instanceof Map<?, ?> map)) {
			return tree;
		}
		boolean unchanged = old instanceof Map<?, ?> && envelope.isOfSameRun(old)
				&& Trees.equal(Layers.unordered(envelope.without(map)), Layers.unordered(envelope.without(old)));
		return (unchanged && old instanceof Map<?, ?> file) ? envelope.kept(map, file)
				: envelope.sealed(map, this.clock.instant());
	}

	private Edit edit(byte[] old, Parsed parsed, @Nullable Object wanted, T after, @Nullable Object tree)
			throws IOException {
		Edit edit = edit(old, parsed, wanted);
		requireSame(edit.content(), after, tree);
		return edit;
	}

	private Edit edit(byte[] old, Parsed parsed, @Nullable Object wanted) throws IOException {
		if (this.options.formatting() == Formatting.REWRITE) {
			boolean same = Trees.equal(parsed.tree(), wanted);
			return same ? new Edit(old, true, List.of())
					: new Edit(filled(this.format.writeTree(wanted)), false, List.of());
		}
		Edit edit = this.format.editTree(old, wanted, this.options.formatting());
		return (edit.content().length > 0) ? edit : new Edit(NOTHING, edit.minimal(), edit.losses());
	}

	private void requireSame(byte[] content, T after, @Nullable Object tree) throws IOException {
		T found = this.reader.bind(this.reader.parse(content).body());
		Object again = found.equals(after) ? tree : this.format.toTree(found);
		if (again == tree || Trees.equal(Layers.unordered(again), Layers.unordered(tree))) {
			this.last = new Written(content, tree);
			return;
		}
		FieldPath first = FieldPath.parse(new TreeDiff(new Secrets(List.of(""))).of(tree, again).get(0).pointer());
		throw new IOException("'" + first.field() + "' would be read as another value; a key that has a default can't "
				+ "be removed, nor be null where the format has no null");
	}

	private static List<String> with(List<String> some, List<String> more) {
		List<String> all = new ArrayList<>(some);
		all.addAll(more);
		return all;
	}

	private void requireOptional(String reason) {
		if (this.options.formatting() == Formatting.REQUIRE_MINIMAL) {
			throw notMinimal("the change can't be made without a loss: " + reason, null);
		}
	}

	private FormatException notMinimal(String summary, @Nullable IOException cause) {
		return new FormatException(this.reader.file(), null, Problem.of(summary, Remedy.ALLOW_REWRITE), cause);
	}

	private InvalidDocumentException refused(Kind kind, String message, @Nullable Throwable cause) {
		return InvalidDocumentException.ofValue(DocumentProblem.of(this.reader.file(), kind, 0, 0, message), cause);
	}

	/**
	 * A content by its identity, and the tree of the value that it holds.
	 */
	private record Written(byte[] content, @Nullable Object tree) {
	}

}
