package io.atomicwrite.document;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import io.atomicwrite.document.DocumentProblem.Kind;
import io.atomicwrite.format.EditableFormat;
import io.atomicwrite.format.MalformedContentException;
import io.atomicwrite.manifest.Stamp;
import org.jspecify.annotations.Nullable;

/**
 * Makes a value of a content: parse, migrate, put the defaults beneath, bind, validate.
 * Thread-safe.
 *
 * @param <T> the type of the value
 */
final class ContentReader<T> {

	private static final String JSON_SCHEMA = "$schema";

	private final Path file;

	private final EditableFormat format;

	private final DocumentOptions<T> options;

	private final Schema schema;

	private final Validation<T> validation;

	private final @Nullable Object defaults;

	/**
	 * The tree of the content that was parsed last: what is written is what the next
	 * change builds on.
	 */
	private volatile @Nullable ParsedContent last;

	ContentReader(Path file, EditableFormat format, DocumentOptions<T> options, @Nullable Object defaults) {
		this.file = file;
		this.format = format;
		this.options = options;
		this.schema = new Schema(options);
		this.validation = new Validation<>(options);
		this.defaults = defaults;
	}

	Path file() {
		return this.file;
	}

	Schema schema() {
		return this.schema;
	}

	@Nullable Object defaults() {
		return this.defaults;
	}

	Reading<T> read(byte[] content) {
		try {
			return valid(content, parse(content));
		}
		catch (RefusedContentException ex) {
			return new Reading.Invalid<>(problem(content, ex));
		}
		catch (RuntimeException ex) {
			String message = "the content can't be read: " + FailureText.of(ex);
			return new Reading.Invalid<>(DocumentProblem.of(this.file, Kind.MALFORMED, 0, 0, message));
		}
	}

	Reading<T> missing() {
		if (this.defaults == null) {
			return new Reading.Invalid<>(DocumentProblem.of(this.file, Kind.MISSING, 0, 0,
					"the file does not exist, and the document has no defaults"));
		}
		String reason = "the file does not exist, and the defaults are not valid: ";
		try {
			T value = bound(this.defaults);
			return violation(value, null)
				.<Reading<T>>map((problem) -> new Reading.Invalid<>(
						DocumentProblem.of(this.file, Kind.MISSING, 0, 0, reason + problem.message())))
				.orElseGet(() -> new Reading.Valid<>(value, Map.of(), this.schema.current(), false));
		}
		catch (RefusedContentException ex) {
			return new Reading.Invalid<>(DocumentProblem.of(this.file, Kind.MISSING, 0, 0, reason + ex.reason()));
		}
	}

	/** Parses a content and takes it to the current schema. */
	Parsed parse(byte[] content) throws RefusedContentException {
		if (content.length > this.options.maxSize()) {
			throw new RefusedContentException(Kind.TOO_LARGE,
					"the file has " + content.length + " bytes, over the limit of " + this.options.maxSize(),
					FieldPath.WHOLE);
		}
		if (content.length == 0) {
			throw new RefusedContentException(Kind.EMPTY, "the file is empty; without a file the defaults count",
					FieldPath.WHOLE);
		}
		Object tree;
		try {
			tree = readTree(content);
		}
		catch (IOException ex) {
			throw RefusedContentException.of(Kind.MALFORMED, ex);
		}
		Object all = (tree != null) ? tree : Map.of();
		Schema.Numbered numbered = this.schema
			.numbered(envelope().map((envelope) -> opened(envelope, all)).orElse(all));
		return new Parsed(tree, numbered.number(), this.schema.migrated(numbered));
	}

	/** The tree of a content, which nobody changes, nor the bytes. */
	private @Nullable Object readTree(byte[] content) throws MalformedContentException {
		ParsedContent known = this.last;
		if (known != null && known.content() == content) {
			return known.tree();
		}
		Object tree = this.format.readTree(content);
		this.last = new ParsedContent(content, tree);
		return tree;
	}

	private static Object opened(Envelope envelope, Object tree) {
		return Objects.requireNonNull(envelope.without(tree));
	}

	Optional<Envelope> envelope() {
		return this.options.envelope();
	}

	/** Returns the stamp in a content, empty also where it can't be parsed. */
	Optional<Stamp> stamp(byte[] content) {
		return envelope().flatMap((envelope) -> tree(content).flatMap(envelope::stampOf));
	}

	/** Returns whether a content is of the run that would write it now. */
	boolean isOfSameRun(byte[] content) {
		return envelope().map((envelope) -> tree(content).filter(envelope::isOfSameRun).isPresent()).orElse(true);
	}

	private Optional<Object> tree(byte[] content) {
		try {
			return Optional.ofNullable(readTree(content));
		}
		catch (IOException ex) {
			return Optional.empty();
		}
	}

	/** Binds what a file has to the type, with the defaults beneath it. */
	T bind(@Nullable Object tree) throws RefusedContentException {
		return bound(Layers.beneath(tree, this.defaults));
	}

	/** Binds a whole tree to the type. */
	@SuppressWarnings("unchecked")
	T bound(@Nullable Object tree) throws RefusedContentException {
		Object value;
		try {
			value = this.format.fromTree(tree, this.options.type().type());
		}
		catch (IOException ex) {
			throw RefusedContentException.of(Kind.MISMATCH, ex);
		}
		if (value == null) {
			throw new RefusedContentException(Kind.MISMATCH, "the file holds null", FieldPath.WHOLE);
		}
		return (T) value;
	}

	/** Returns the keys of a file that the type does not know. */
	List<List<Object>> unknownKeys(@Nullable Object tree) throws RefusedContentException {
		try {
			return this.format.unknownKeys(Layers.beneath(tree, this.defaults), this.options.type().type())
				.stream()
				.filter((path) -> new FieldPath(path).isIn(tree) && !path.equals(List.of(JSON_SCHEMA)))
				.toList();
		}
		catch (IOException ex) {
			throw RefusedContentException.of(Kind.MISMATCH, ex);
		}
	}

	/** Returns what is wrong with a value; the places are those in a content. */
	Optional<DocumentProblem> violation(T value, byte @Nullable [] content) {
		List<Validation.Violation> found = this.validation.violations(value);
		if (found.isEmpty()) {
			return Optional.empty();
		}
		Object tree = treeOf(value);
		return Optional.of(DocumentProblem.of(this.file, Kind.VIOLATION,
				found.stream()
					.map((violation) -> placed(content, violation.path().in(tree), violation.message()))
					.toList()));
	}

	private @Nullable Object treeOf(T value) {
		try {
			return this.format.toTree(value);
		}
		catch (IOException ex) {
			return null;
		}
	}

	private Reading<T> valid(byte[] content, Parsed parsed) throws RefusedContentException {
		boolean newer = parsed.schema() > this.schema.current();
		if (newer) {
			return tooNew(content, parsed);
		}
		T value = bind(parsed.body());
		if (this.options.unknown() == UnknownFields.REJECT) {
			List<List<Object>> unknown = unknownKeys(parsed.body());
			if (!unknown.isEmpty()) {
				return new Reading.Invalid<>(DocumentProblem.of(this.file, Kind.UNKNOWN_KEY,
						unknown.stream().map((path) -> placed(content, new FieldPath(path), "is not known")).toList()));
			}
		}
		Optional<DocumentProblem> violation = violation(value, content);
		if (violation.isPresent()) {
			return new Reading.Invalid<>(violation.get());
		}
		Object tree = (parsed.tree() != null) ? parsed.tree() : Map.of();
		return new Reading.Valid<>(value, tree, parsed.schema(), parsed.schema() < this.schema.current());
	}

	private Reading<T> tooNew(byte[] content, Parsed parsed) {
		String message = "the schema of the file is " + parsed.schema() + ", and this application knows up to "
				+ this.schema.current();
		try {
			T value = bind(parsed.body());
			Optional<DocumentProblem> violation = violation(value, content);
			if (violation.isEmpty()) {
				String readOnly = message + "; it can be read, not written";
				return new Reading.TooNew<>(value, parsed.schema(), tooNewProblem(content, readOnly));
			}
			message += ", to which it is not valid: " + violation.get().message();
		}
		catch (RefusedContentException ex) {
			message += ", to which it is not valid: " + ex.reason();
		}
		return new Reading.Invalid<>(tooNewProblem(content, message));
	}

	private DocumentProblem tooNewProblem(byte[] content, String message) {
		return problem(content,
				new RefusedContentException(Kind.TOO_NEW, message, new FieldPath(List.of(this.schema.key()))));
	}

	private DocumentProblem problem(byte[] content, RefusedContentException failure) {
		if (failure.line() > 0) {
			return DocumentProblem.of(this.file, failure.kind(), failure.line(), failure.column(), failure.reason());
		}
		String reason = failure.reason();
		if (this.schema.isUsed() && failure.kind() == Kind.MISMATCH
				&& failure.path().steps().equals(List.of(this.schema.key()))) {
			reason += "; this is the key of the schema number, see schemaKey of the DocumentOptions";
		}
		Optional<EditableFormat.Place> place = place(content, failure.path());
		return DocumentProblem.of(this.file, failure.kind(), place.map(EditableFormat.Place::line).orElse(0),
				place.map(EditableFormat.Place::column).orElse(0), reason);
	}

	private DocumentProblem.Violation placed(byte @Nullable [] content, FieldPath path, String message) {
		Optional<EditableFormat.Place> place = (content != null) ? place(content, path) : Optional.empty();
		return new DocumentProblem.Violation(path.field(), place.map(EditableFormat.Place::line).orElse(0),
				place.map(EditableFormat.Place::column).orElse(0), message);
	}

	private Optional<EditableFormat.Place> place(byte[] content, FieldPath path) {
		if (path.steps().isEmpty()) {
			return Optional.empty();
		}
		try {
			return this.format.place(content, path.in(readTree(content)).steps());
		}
		catch (MalformedContentException ex) {
			return Optional.empty();
		}
	}

	/**
	 * A content by its identity, and its tree.
	 */
	private record ParsedContent(byte[] content, @Nullable Object tree) {
	}

	/**
	 * A content as a tree.
	 *
	 * @param tree what the file has, {@code null} if it has comments alone
	 * @param schema its schema number
	 * @param body the tree of the current schema, without the number
	 */
	record Parsed(@Nullable Object tree, int schema, @Nullable Object body) {
	}

}
