package io.atomicwrite.format.syntax;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Writes JSON in the style that it finds.
 *
 * @param separator the line end
 * @param unit one indent
 * @param colon what is between key and value
 * @param lines whether each element has a line of its own
 */
record JsonRenderer(String separator, String unit, String colon, boolean lines) {

	String render(@Nullable Object value, String indent) {
		StringBuilder out = new StringBuilder();
		render(value, indent, out);
		return out.toString();
	}

	private void render(@Nullable Object value, String indent, StringBuilder out) {
		if (value instanceof Map<?, ?> map && !map.isEmpty()) {
			String before = "{";
			for (Map.Entry<String, @Nullable Object> entry : Trees.map(map).entrySet()) {
				out.append(before).append(lineOr("", indent + this.unit)).append(quoted(entry.getKey()));
				out.append(this.colon);
				render(entry.getValue(), indent + this.unit, out);
				before = this.lines ? "," : ", ";
			}
			out.append(lineOr("", indent)).append('}');
		}
		else if (value instanceof List<?> list && !list.isEmpty()) {
			String before = "[";
			for (Object element : list) {
				out.append(before).append(lineOr("", indent + this.unit));
				render(element, indent + this.unit, out);
				before = this.lines ? "," : ", ";
			}
			out.append(lineOr("", indent)).append(']');
		}
		else {
			out.append(scalar(value));
		}
	}

	private String lineOr(String other, String indent) {
		return this.lines ? this.separator + indent : other;
	}

	static String scalar(@Nullable Object value) {
		if (value instanceof Map) {
			return "{}";
		}
		if (value instanceof List) {
			return "[]";
		}
		if (value instanceof BigDecimal number) {
			return decimal(number);
		}
		return (value instanceof String || value instanceof Double) ? quoted(value.toString()) : String.valueOf(value);
	}

	/** As it is read again: with a fraction or an exponent. */
	static String decimal(BigDecimal number) {
		String spelled = number.toString();
		return (spelled.indexOf('.') < 0 && spelled.indexOf('E') < 0) ? spelled + ".0" : spelled;
	}

	static String quoted(String text) {
		StringBuilder out = new StringBuilder(text.length() + 2).append('"');
		for (int i = 0; i < text.length(); i++) {
			char next = text.charAt(i);
			int place = "\"\\\b\f\n\r\t".indexOf(next);
			if (place >= 0) {
				out.append('\\').append("\"\\bfnrt".charAt(place));
			}
			else if (next < ' ' || (next >= 0x7f && next < 0xa0) || next == 0x2028 || next == 0x2029
					|| isUnpaired(text, i)) {
				out.append(String.format("\\u%04x", (int) next));
			}
			else {
				out.append(next);
			}
		}
		return out.append('"').toString();
	}

	private static boolean isUnpaired(String text, int place) {
		char at = text.charAt(place);
		if (Character.isHighSurrogate(at)) {
			return place + 1 == text.length() || !Character.isLowSurrogate(text.charAt(place + 1));
		}
		return Character.isLowSurrogate(at) && (place == 0 || !Character.isHighSurrogate(text.charAt(place - 1)));
	}

}
