package io.atomicwrite.format.syntax;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A part of a text and what takes its place.
 *
 * @param start where the part begins
 * @param end where it ends, exclusive
 * @param text what takes its place
 */
record Splice(int start, int end, String text) {

	static Splice insert(int at, String text) {
		return new Splice(at, at, text);
	}

	static Splice delete(int start, int end) {
		return new Splice(start, end, "");
	}

	/** Applies splices that don't overlap; of two at one place the first comes first. */
	static String apply(String text, List<Splice> splices) {
		List<Splice> ordered = new ArrayList<>(splices);
		ordered.sort(Comparator.comparingInt(Splice::start));
		StringBuilder result = new StringBuilder(text.length() + 64);
		int done = 0;
		for (Splice splice : ordered) {
			result.append(text, done, Math.max(done, splice.start)).append(splice.text);
			done = Math.max(done, splice.end);
		}
		return result.append(text, done, text.length()).toString();
	}

}
