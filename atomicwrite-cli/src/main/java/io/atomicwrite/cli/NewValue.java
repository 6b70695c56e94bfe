package io.atomicwrite.cli;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

import io.atomicwrite.format.MalformedContentException;
import org.jspecify.annotations.Nullable;

/**
 * What a text from the command line becomes.
 */
enum NewValue {

	/** What the value was whose place it takes; else what it looks like. */
	KEPT,

	/** A text. */
	TEXT,

	/** What it is as JSON. */
	JSON;

	private static final String CHOOSE = "give its type with --string or --json-values";

	@Nullable Object of(Assignment assignment, Located old, DataFormat format) {
		String text = assignment.value();
		return switch (this) {
			case TEXT -> old.present() ? requireScalar(assignment, old, text) : text;
			case JSON -> json(assignment.path(), text);
			case KEPT -> kept(assignment, old, format);
		};
	}

	private static Object kept(Assignment assignment, Located old, DataFormat format) {
		String text = assignment.value();
		Object value = old.value();
		if (format == DataFormat.PROPERTIES || value instanceof String) {
			return requireScalar(assignment, old, text);
		}
		Object seen = seen(text);
		if (value instanceof Boolean && !(seen instanceof Boolean)) {
			throw other(assignment, "is true or false", "is neither");
		}
		if (value instanceof Number) {
			if (!(seen instanceof Number)) {
				throw other(assignment, "is a number", "is none");
			}
			boolean fraction = seen instanceof BigInteger && !(value instanceof BigInteger)
					&& format.distinguishesIntegers();
			return fraction ? new BigDecimal(text + ".0") : seen;
		}
		return requireScalar(assignment, old, seen);
	}

	private static Object requireScalar(Assignment assignment, Located old, Object value) {
		if (!Located.isScalar(old.value())) {
			throw other(assignment, "is a map or a list", "would take its place whole");
		}
		return value;
	}

	private static Failure other(Assignment assignment, String now, String wanted) {
		return Failure.of("", assignment.path().text() + " " + now + ", and the new value " + wanted, CHOOSE);
	}

	/** A number, true or false as JSON spells them; all else is a text. */
	static Object seen(String text) {
		if (text.isEmpty() || Character.isWhitespace(text.charAt(0))
				|| Character.isWhitespace(text.charAt(text.length() - 1))) {
			return text;
		}
		try {
			Object value = parsed(text);
			return (value instanceof Number || value instanceof Boolean) ? value : text;
		}
		catch (MalformedContentException ex) {
			return text;
		}
	}

	private static @Nullable Object json(ValuePath path, String text) {
		try {
			return parsed(text);
		}
		catch (MalformedContentException ex) {
			throw Failure.of("", "the value for " + path.text() + " is no JSON: " + ex.getMessage(),
					"texts are in double quotes there; without --json-values they need none");
		}
	}

	private static @Nullable Object parsed(String text) throws MalformedContentException {
		return DataFormat.JSON.grammar().read(text.getBytes(StandardCharsets.UTF_8)).tree();
	}

}
