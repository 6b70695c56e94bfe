package io.atomicwrite.document;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

import io.atomicwrite.document.DocumentProblem.Kind;
import io.atomicwrite.format.syntax.Trees;
import org.jspecify.annotations.Nullable;

/**
 * The schema number of files and the steps from one to the next. Immutable and
 * thread-safe.
 */
final class Schema {

	private static final int FIRST = 1;

	private final String key;

	private final int current;

	private final Map<Integer, UnaryOperator<Map<String, @Nullable Object>>> steps;

	Schema(DocumentOptions<?> options) {
		this.key = options.schemaKey();
		this.current = options.schema();
		this.steps = options.migrations();
	}

	boolean isUsed() {
		return this.current > 0;
	}

	int current() {
		return Math.max(this.current, FIRST);
	}

	String key() {
		return this.key;
	}

	/** Takes the number out of a tree. */
	Numbered numbered(@Nullable Object tree) throws RefusedContentException {
		if (!isUsed()) {
			return new Numbered(FIRST, tree);
		}
		if (!(tree instanceof Map<?, ?> map)) {
			throw new RefusedContentException(Kind.SCHEMA, "a file with a schema number must hold keys and values",
					FieldPath.WHOLE);
		}
		Map<Object, @Nullable Object> body = new LinkedHashMap<>(map);
		boolean numbered = body.containsKey(this.key);
		Object number = body.remove(this.key);
		return new Numbered(numbered ? parse(number) : FIRST, body);
	}

	private int parse(@Nullable Object number) throws RefusedContentException {
		boolean integer = number instanceof BigInteger || number instanceof String;
		String digits = String.valueOf(number);
		if (!integer || !digits.matches("0*[1-9][0-9]{0,8}")) {
			throw new RefusedContentException(Kind.SCHEMA,
					"the schema number '" + this.key + "' must be an integer from 1 on",
					new FieldPath(List.of(this.key)));
		}
		return Integer.parseInt(digits);
	}

	/** Takes all steps from a number to the current one. */
	@Nullable Object migrated(Numbered numbered) throws RefusedContentException {
		Object tree = numbered.body();
		for (int from = numbered.number(); isUsed() && from < this.current; from++) {
			tree = step(from, tree);
		}
		return tree;
	}

	private Object step(int from, @Nullable Object tree) throws RefusedContentException {
		String name = "the migration from schema " + from + " to " + (from + 1);
		UnaryOperator<Map<String, @Nullable Object>> step = this.steps.get(from);
		if (step == null) {
			throw new RefusedContentException(Kind.MIGRATION, name + " is missing", FieldPath.WHOLE);
		}
		try {
			Object result = Trees.canonical(step.apply(copy(tree)));
			if (result instanceof Map<?, ?> map && !map.containsKey(this.key)) {
				return map;
			}
		}
		catch (RuntimeException ex) {
			throw new RefusedContentException(Kind.MIGRATION, name + " failed: " + FailureText.of(ex), FieldPath.WHOLE);
		}
		throw new RefusedContentException(Kind.MIGRATION,
				name + " must return a map without the key '" + this.key + "' of the schema number", FieldPath.WHOLE);
	}

	@SuppressWarnings("unchecked")
	private static Map<String, @Nullable Object> copy(@Nullable Object tree) {
		return (Map<String, @Nullable Object>) Objects.requireNonNull(Trees.canonical(tree));
	}

	/**
	 * Puts the current number into a tree, unless it is the first and the file has none.
	 */
	@Nullable Object stamped(@Nullable Object tree, @Nullable Object file) {
		if (!isUsed() || !(tree instanceof Map<?, ?> map)) {
			return tree;
		}
		Map<?, ?> old = (file instanceof Map<?, ?> found) ? found : Map.of();
		Map<Object, @Nullable Object> stamped = new LinkedHashMap<>();
		if (old.isEmpty() || old.containsKey(this.key) || this.current > FIRST) {
			stamped.put(this.key, BigInteger.valueOf(this.current));
		}
		stamped.putAll(map);
		return stamped;
	}

	/**
	 * A tree without its schema number.
	 *
	 * @param number the number
	 * @param body the rest of the tree
	 */
	record Numbered(int number, @Nullable Object body) {
	}

}
