package io.atomicwrite.document;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Keys and, in lists, places that lead to a field. Immutable and thread-safe.
 *
 * @param steps texts for keys, {@link Integer}s for places
 */
record FieldPath(List<Object> steps) {

	static final FieldPath WHOLE = new FieldPath(List.of());

	private static final Pattern STEP = Pattern.compile("\\G\\.?(?:\\[([^\\]]*)\\]|([^.\\[]+))");

	FieldPath {
		steps = Collections.unmodifiableList(new ArrayList<>(steps));
	}

	/** Parses {@code a.b[1]} or a JSON pointer, whose places are texts at first. */
	static FieldPath parse(String field) {
		return new FieldPath(field.startsWith("/") ? ofPointer(field) : ofField(field));
	}

	private static List<Object> ofPointer(String pointer) {
		List<Object> steps = new ArrayList<>();
		for (String step : pointer.substring(1).split("/", -1)) {
			steps.add(step.replace("~1", "/").replace("~0", "~"));
		}
		return steps;
	}

	private static List<Object> ofField(String field) {
		List<Object> steps = new ArrayList<>();
		Matcher matcher = STEP.matcher(field);
		int end = 0;
		while (matcher.find()) {
			String bracket = matcher.group(1);
			boolean place = bracket != null && bracket.matches("[0-9]{1,9}");
			steps.add(place ? (Object) Integer.valueOf(bracket) : (bracket != null) ? bracket : matcher.group(2));
			end = matcher.end();
		}
		return (end == field.length()) ? steps : List.of(field);
	}

	FieldPath with(Object step) {
		List<Object> longer = new ArrayList<>(this.steps);
		longer.add(step);
		return new FieldPath(longer);
	}

	/** The same path with places for texts where a tree has lists. */
	FieldPath in(@Nullable Object tree) {
		List<Object> resolved = new ArrayList<>();
		Object now = tree;
		for (Object step : this.steps) {
			Object next = step;
			if (now instanceof List<?> list) {
				next = (step instanceof String text && text.matches("[0-9]{1,9}")) ? (Object) Integer.valueOf(text)
						: step;
				now = (next instanceof Integer place && place < list.size()) ? list.get(place) : null;
			}
			else {
				now = (now instanceof Map<?, ?> map) ? map.get(String.valueOf(step)) : null;
			}
			resolved.add(next);
		}
		return new FieldPath(resolved);
	}

	/** Whether a tree has the field. */
	boolean isIn(@Nullable Object tree) {
		Object now = tree;
		for (Object step : this.steps) {
			if (now instanceof Map<?, ?> map && map.containsKey(step)) {
				now = map.get(step);
			}
			else if (now instanceof List<?> list && step instanceof Integer place && place < list.size()) {
				now = list.get(place);
			}
			else {
				return false;
			}
		}
		return true;
	}

	/** Returns the path as a JSON pointer. */
	String pointer() {
		StringBuilder pointer = new StringBuilder();
		for (Object step : this.steps) {
			pointer.append('/').append(String.valueOf(step).replace("~", "~0").replace("/", "~1"));
		}
		return pointer.toString();
	}

	/** Returns the path as errors of formats name it. */
	String field() {
		StringBuilder field = new StringBuilder();
		for (Object step : this.steps) {
			String text = String.valueOf(step);
			boolean bracket = step instanceof Integer || text.isEmpty() || text.matches("/.*|.*[.\\[\\]].*");
			field.append(bracket ? "[" + text + "]" : (field.isEmpty() ? "" : ".") + text);
		}
		return field.toString();
	}

}
