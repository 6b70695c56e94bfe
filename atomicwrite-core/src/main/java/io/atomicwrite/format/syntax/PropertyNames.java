package io.atomicwrite.format.syntax;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Keys of properties as Spring writes them: {@code a.b}, {@code hosts[0]}, and
 * {@code map[any.key]} for a key that has a meaning otherwise.
 */
final class PropertyNames {

	private PropertyNames() {
	}

	/**
	 * The parts of a key: texts, and places of a list. A key of another shape is one
	 * part.
	 */
	static List<Object> parse(String key) {
		List<Object> parts = new ArrayList<>();
		int at = 0;
		boolean afterDot = true;
		while (at < key.length()) {
			if (key.charAt(at) == '[') {
				int close = key.indexOf(']', at);
				if (close < 0 || (close + 1 < key.length() && ".[".indexOf(key.charAt(close + 1)) < 0)
						|| (afterDot && at > 0)) {
					return List.of(key);
				}
				String inner = key.substring(at + 1, close);
				parts.add(inner.matches("0|[1-9][0-9]{0,5}") ? (Object) Integer.valueOf(inner) : inner);
				at = close + 1;
			}
			else {
				int end = end(key, at);
				if (end == at) {
					return List.of(key);
				}
				parts.add(key.substring(at, end));
				at = end;
			}
			afterDot = at < key.length() && key.charAt(at) == '.';
			at += afterDot ? 1 : 0;
			if (afterDot && at == key.length()) {
				return List.of(key);
			}
		}
		return parts.isEmpty() ? List.of(key) : parts;
	}

	private static int end(String key, int from) {
		int end = from;
		while (end < key.length() && key.charAt(end) != '.' && key.charAt(end) != '[') {
			end++;
		}
		return end;
	}

	/**
	 * A key with one part more, as it is written among others: below a key that has a
	 * value there is no other way.
	 */
	static String with(String prefix, String part, Map<String, ?> siblings) {
		for (int end = end(part, 0); end < part.length(); end = end(part, end + 1)) {
			Object above = siblings.get(part.substring(0, end));
			if (above != null && !(above instanceof Map) && !(above instanceof List)) {
				return prefix.isEmpty() ? part : prefix + "." + part;
			}
		}
		return with(prefix, part);
	}

	/** A key with one part more. */
	static String with(String prefix, String part) {
		boolean plain = !part.isEmpty() && part.indexOf('.') < 0 && part.indexOf('[') < 0 && part.indexOf(']') < 0;
		if (!plain) {
			return prefix + "[" + part + "]";
		}
		return prefix.isEmpty() ? part : prefix + "." + part;
	}

	/** The keys and values of a tree. */
	static Map<String, String> flatten(String prefix, @Nullable Object tree) {
		Map<String, String> flat = new LinkedHashMap<>();
		if (tree instanceof Map) {
			Trees.map(tree).forEach((part, value) -> flat.putAll(flatten(with(prefix, part, Trees.map(tree)), value)));
		}
		else if (tree instanceof List) {
			int place = 0;
			for (Object value : Trees.list(tree)) {
				flat.putAll(flatten(prefix + "[" + place++ + "]", value));
			}
		}
		else {
			flat.put(prefix, String.valueOf(tree));
		}
		return flat;
	}

	static String escapedKey(String key, boolean ascii) {
		StringBuilder out = new StringBuilder();
		for (int i = 0; i < key.length(); i++) {
			char next = key.charAt(i);
			boolean special = next == ' ' || next == '=' || next == ':' || (i == 0 && (next == '#' || next == '!'));
			out.append(special ? "\\" + next : escaped(key, i, ascii));
		}
		return out.toString();
	}

	static String escapedValue(String value, boolean ascii) {
		StringBuilder out = new StringBuilder();
		for (int i = 0; i < value.length(); i++) {
			out.append((i == 0 && value.charAt(i) == ' ') ? "\\ " : escaped(value, i, ascii));
		}
		return out.toString();
	}

	private static String escaped(String text, int at, boolean ascii) {
		char next = text.charAt(at);
		int place = "\\\t\n\r\f".indexOf(next);
		if (place >= 0) {
			return "\\" + "\\tnrf".charAt(place);
		}
		boolean pair = (Character.isHighSurrogate(next) && at + 1 < text.length()
				&& Character.isLowSurrogate(text.charAt(at + 1)))
				|| (Character.isLowSurrogate(next) && at > 0 && Character.isHighSurrogate(text.charAt(at - 1)));
		boolean raw = next >= ' ' && (next < 0x7f
				|| (!ascii && next >= 0xa0 && next != 0xfeff && (pair || !Character.isSurrogate(next))));
		return raw ? String.valueOf(next) : String.format("\\u%04x", (int) next);
	}

}
