package io.atomicwrite.cli;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Writes a value as JSON in one line. What is null is left out of an object.
 */
final class Json {

	private static final int FIRST_PRINTABLE = 0x20;

	private final StringBuilder text = new StringBuilder();

	private final boolean whole;

	private Json(boolean whole) {
		this.whole = whole;
	}

	static String of(@Nullable Object value) {
		Json json = new Json(false);
		json.value(value);
		return json.text.toString();
	}

	/** Writes the value of a file, with what is null. */
	static String ofTree(@Nullable Object tree) {
		Json json = new Json(true);
		json.value(tree);
		return json.text.toString();
	}

	private void value(@Nullable Object value) {
		boolean plain = value == null || value instanceof Number || value instanceof Boolean;
		// what is no number or infinite is none in JSON
		if (plain && !(value instanceof Double number && !Double.isFinite(number))) {
			this.text.append(value);
		}
		else if (value instanceof Map<?, ?> map) {
			object(map);
		}
		else if (value instanceof Iterable<?> list && !(value instanceof Path)) {
			array(list.iterator());
		}
		else {
			string(String.valueOf(value));
		}
	}

	private void object(Map<?, ?> map) {
		this.text.append('{');
		String separator = "";
		for (Map.Entry<?, ?> entry : map.entrySet()) {
			if (this.whole || entry.getValue() != null) {
				this.text.append(separator);
				string(entry.getKey().toString());
				this.text.append(':');
				value(entry.getValue());
				separator = ",";
			}
		}
		this.text.append('}');
	}

	private void array(Iterator<?> elements) {
		this.text.append('[');
		while (elements.hasNext()) {
			value(elements.next());
			if (elements.hasNext()) {
				this.text.append(',');
			}
		}
		this.text.append(']');
	}

	private void string(String string) {
		this.text.append('"');
		for (int i = 0; i < string.length(); i++) {
			char c = string.charAt(i);
			switch (c) {
				case '"', '\\' -> this.text.append('\\').append(c);
				case '\n' -> this.text.append("\\n");
				case '\r' -> this.text.append("\\r");
				case '\t' -> this.text.append("\\t");
				default -> character(c);
			}
		}
		this.text.append('"');
	}

	private void character(char c) {
		// a surrogate alone is no character that UTF-8 has
		if (c < FIRST_PRINTABLE || Character.isSurrogate(c)) {
			String hex = Integer.toHexString(c);
			this.text.append("\\u").append("0000", 0, 4 - hex.length()).append(hex);
		}
		else {
			this.text.append(c);
		}
	}

}
