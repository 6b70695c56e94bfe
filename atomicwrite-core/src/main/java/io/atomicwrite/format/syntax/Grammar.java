package io.atomicwrite.format.syntax;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

import io.atomicwrite.format.Edit;
import io.atomicwrite.format.EditableFormat;
import io.atomicwrite.format.FormatLimits;
import io.atomicwrite.format.Formatting;
import io.atomicwrite.format.MalformedContentException;
import io.atomicwrite.format.NotMinimalException;
import org.jspecify.annotations.Nullable;

/**
 * The syntax of a format: parses texts and changes them. Immutable and thread-safe.
 */
public abstract class Grammar {

	private final FormatLimits limits;

	Grammar(FormatLimits limits) {
		this.limits = limits;
	}

	/**
	 * Returns the syntax of JSON.
	 * @param limits how much it takes in
	 * @param comments whether comments, as in JavaScript, and a comma after the last
	 * value are allowed
	 * @return the syntax
	 */
	public static Grammar json(FormatLimits limits, boolean comments) {
		return new JsonGrammar(limits, comments);
	}

	/**
	 * Returns the syntax of YAML. Needs SnakeYAML Engine.
	 * @param limits how much it takes in
	 * @return the syntax
	 */
	public static Grammar yaml(FormatLimits limits) {
		return new YamlGrammar(limits, false);
	}

	/**
	 * Returns the syntax of YAML in whose trees an alias stays an alias, and a merge key
	 * a key as any other. What changes at an anchor changes for all who refer to it, and
	 * no alias is replaced by what it stands for. Needs SnakeYAML Engine.
	 * @param limits how much it takes in
	 * @return the syntax
	 */
	public static Grammar yamlWithReferences(FormatLimits limits) {
		return new YamlGrammar(limits, true);
	}

	/**
	 * Returns whether a value of a tree is an alias, as {@link #yamlWithReferences} has
	 * them.
	 * @param value the value
	 * @return whether it is
	 */
	public static boolean isReference(@Nullable Object value) {
		return value instanceof Reference;
	}

	/**
	 * Returns the syntax of properties in UTF-8 with keys as Spring writes them.
	 * @param limits how much it takes in
	 * @return the syntax
	 */
	public static Grammar properties(FormatLimits limits) {
		return new PropertiesGrammar(limits);
	}

	/**
	 * Returns the syntax of TOML.
	 * @param limits how much it takes in
	 * @return the syntax
	 */
	public static Grammar toml(FormatLimits limits) {
		return new TomlGrammar(limits);
	}

	/**
	 * Returns how much the syntax takes in.
	 * @return the limits
	 */
	public final FormatLimits limits() {
		return this.limits;
	}

	abstract Surface parse(String text) throws MalformedContentException;

	abstract String render(@Nullable Object tree);

	/** Returns what of a tree the format can hold, in the types that it reads. */
	@Nullable Object representable(@Nullable Object tree) throws IOException {
		return tree;
	}

	/**
	 * Reads a text.
	 * @param content the content of the file
	 * @return the parsed text
	 * @throws MalformedContentException if it is malformed or exceeds a limit
	 */
	public final Parsed read(byte[] content) throws MalformedContentException {
		return new Parsed(parse(Encoded.of(content, this.limits).text()));
	}

	/**
	 * Writes a text that has a tree.
	 * @param tree the tree
	 * @return the content of a file
	 * @throws IOException if the format can't hold such a tree
	 */
	public final byte[] write(@Nullable Object tree) throws IOException {
		return new Encoded("", rewritten(held(tree)).text()).bytes();
	}

	/**
	 * Writes a text that has a tree, for a reader that parses it at once: unlike that of
	 * {@link #write}, it is not read again to make sure of it.
	 * @param tree the tree
	 * @return the text in UTF-8
	 * @throws IOException if the format can't hold such a tree
	 */
	public final byte[] print(@Nullable Object tree) throws IOException {
		return new Encoded("", render(held(tree))).bytes();
	}

	/** A text with a tree that is written anew, and read again to make sure of it. */
	final Surface rewritten(@Nullable Object tree) throws IOException {
		Surface surface = parse(render(tree));
		if (!Trees.equal(surface.root().tree(), tree)) {
			throw new IOException("the format can't hold such a value");
		}
		return surface;
	}

	/**
	 * Returns what of a tree the format can hold, in the types that it reads.
	 * @param tree the tree
	 * @return the tree that a file has to which it was written
	 * @throws IOException if the format can hold nothing like it
	 */
	public final @Nullable Object held(@Nullable Object tree) throws IOException {
		try {
			return representable(Trees.canonical(tree));
		}
		catch (IllegalArgumentException ex) {
			throw new IOException(ex.getMessage(), ex);
		}
	}

	/**
	 * Changes a text so that it has a tree.
	 * @param content the content of the file
	 * @param tree the tree
	 * @param formatting what happens to what does not change
	 * @return the new content
	 * @throws IOException if the content is malformed, the format can't hold such a tree,
	 * or the edit is not minimal and must be
	 */
	public final Edit edit(byte[] content, @Nullable Object tree, Formatting formatting) throws IOException {
		Object wanted = held(tree);
		if (formatting == Formatting.REWRITE) {
			return new Edit(write(wanted), false, List.of());
		}
		Encoded encoded = Encoded.of(content, this.limits);
		Surface original = parse(encoded.text());
		TreeEditor editor = new TreeEditor(this, original, wanted);
		Surface result = editor.run();
		if (result == original) {
			return new Edit(content, true, List.of());
		}
		List<String> losses = editor.losses(result);
		if (formatting == Formatting.REQUIRE_MINIMAL && !losses.isEmpty()) {
			throw new NotMinimalException(losses);
		}
		return new Edit(encoded.with(result.text()).bytes(), losses.isEmpty(), losses);
	}

	/**
	 * A parsed text.
	 */
	public static final class Parsed {

		private final Surface surface;

		Parsed(Surface surface) {
			this.surface = surface;
		}

		/**
		 * Returns the tree of the text.
		 * @return the tree
		 */
		public @Nullable Object tree() {
			return this.surface.root().tree();
		}

		/**
		 * Returns the text.
		 * @return the text without a byte order mark
		 */
		public String text() {
			return this.surface.text();
		}

		/**
		 * Returns an exception that names the place of a value.
		 * @param path the keys and, in lists, places that lead to the value
		 * @param reason what is wrong, without any value of the file
		 * @return the exception, with the place of the nearest value on the way
		 */
		public MalformedContentException malformed(List<?> path, String reason) {
			return Grammar.malformed(this.surface.text(), this.surface.root().at(path).start(), reason);
		}

		/**
		 * Finds a key or an element of a list.
		 * @param path the keys and, in lists, places that lead to it
		 * @return the place of the last one on the way that is there, if there is one
		 */
		public Optional<EditableFormat.Place> place(List<?> path) {
			return this.surface.root().entry(path).map((entry) -> {
				Lines.Place place = Lines.of(this.surface.text(), entry.start());
				return new EditableFormat.Place(place.line(), place.column());
			});
		}

		/**
		 * Returns what the text holds, flat: the scalars, and the maps and lists that are
		 * empty.
		 * @return the leaves in the order of the tree
		 */
		public List<Leaf> leaves() {
			return new Leaves(this.surface.text()).of(this.surface.root());
		}

	}

	/**
	 * A scalar, or a map or list that is empty, and where it stands.
	 *
	 * @param path the keys and, in lists, places that lead to it
	 * @param value its tree
	 * @param line its line, counted from 1
	 * @param column its column in characters, counted from 1
	 */
	public record Leaf(List<Object> path, @Nullable Object value, int line, int column) {
	}

	static MalformedContentException malformed(String text, int offset, String reason) {
		Lines.Place place = Lines.of(text, offset);
		return new MalformedContentException(reason, place.line(), place.column());
	}

}
