package io.atomicwrite.format.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Writes YAML in the style that it finds.
 *
 * @param separator the line end
 * @param unit one indent of a map in a map
 * @param listUnit the indent of a list in a map
 */
record YamlRenderer(String separator, String unit, String listUnit) {

	String document(@Nullable Object value) {
		return isBlock(value) ? block(value, "") : afterMark(value, "").substring(1);
	}

	static boolean isBlock(@Nullable Object value) {
		return (value instanceof Map<?, ?> map && !map.isEmpty()) || (value instanceof List<?> list && !list.isEmpty());
	}

	/** An entry of a map, its first line without the indent. */
	String entry(String key, @Nullable Object value, String indent) {
		return YamlScalars.render(key, false) + ":" + afterKey(value, indent);
	}

	/** What follows the colon of an entry. */
	String afterKey(@Nullable Object value, String indent) {
		if (isBlock(value)) {
			String inner = indent + ((value instanceof Map) ? this.unit : this.listUnit);
			return this.separator + inner + block(value, inner);
		}
		return afterMark(value, indent);
	}

	/** What follows the dash of an element. */
	String afterDash(@Nullable Object value, String indent) {
		return isBlock(value) ? " " + block(value, indent + "  ") : afterMark(value, indent);
	}

	private String afterMark(@Nullable Object value, String indent) {
		if (value instanceof String text && text.indexOf('\n') >= 0 && isLiteral(text)) {
			return " " + literal("|", text, indent + this.unit);
		}
		return " " + YamlScalars.render(value, false);
	}

	private String block(@Nullable Object value, String indent) {
		List<String> lines = new ArrayList<>();
		if (value instanceof Map) {
			Trees.map(value).forEach((key, child) -> lines.add(entry(key, child, indent)));
		}
		else if (value instanceof List) {
			Trees.list(value).forEach((child) -> lines.add("-" + afterDash(child, indent)));
		}
		return String.join(this.separator + indent, lines);
	}

	/** Whether a text can be written as a literal block. */
	static boolean isLiteral(String text) {
		String[] lines = text.split("\n", -1);
		if (text.isBlank() || lines[0].isBlank() || Character.isWhitespace(lines[0].charAt(0))) {
			return false;
		}
		for (String line : lines) {
			if (!YamlScalars.isPrintableLine(line) || (line.isBlank() && !line.isEmpty())) {
				return false;
			}
		}
		return true;
	}

	/** A literal block without the line end after it. */
	String literal(String mark, String text, String indent) {
		String body = text.replaceFirst("\n+$", "");
		int ends = text.length() - body.length();
		StringBuilder out = new StringBuilder(mark).append((ends == 0) ? "-" : (ends == 1) ? "" : "+");
		for (String line : body.split("\n", -1)) {
			out.append(this.separator).append(line.isEmpty() ? "" : indent + line);
		}
		return out.append(this.separator.repeat(Math.max(0, ends - 1))).toString();
	}

	String flow(@Nullable Object value) {
		List<String> elements = new ArrayList<>();
		if (value instanceof Map) {
			Trees.map(value).forEach((key, child) -> elements.add(YamlScalars.render(key, true) + ": " + flow(child)));
			return "{" + String.join(", ", elements) + "}";
		}
		if (value instanceof List) {
			Trees.list(value).forEach((child) -> elements.add(flow(child)));
			return "[" + String.join(", ", elements) + "]";
		}
		return YamlScalars.render(value, true);
	}

}
