package io.atomicwrite.test.crash;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What may be left of bytes that were written at the end of a file and not synced.
 */
enum UnsyncedData {

	/** Any length of them, and of that each part as it was written or as zeros. */
	ANY {

		@Override
		Set<String> after(String durable, List<String> pieces) {
			Set<String> found = new LinkedHashSet<>(Set.of(durable));
			Set<String> longest = found;
			for (String piece : pieces) {
				Set<String> longer = new LinkedHashSet<>();
				for (String text : longest) {
					longer.add(text + piece);
					longer.add(text + zeros(piece));
				}
				found.addAll(longer);
				longest = longer;
			}
			return found;
		}

	},

	/** The beginning of them, and zeros from there to any length. */
	BEGINNING_AND_ZEROS {

		@Override
		Set<String> after(String durable, List<String> pieces) {
			Set<String> found = new LinkedHashSet<>();
			for (int written = 0; written <= pieces.size(); written++) {
				String text = durable + String.join("", pieces.subList(0, written));
				found.add(text);
				for (String piece : pieces.subList(written, pieces.size())) {
					text += zeros(piece);
					found.add(text);
				}
			}
			return found;
		}

	},

	/** The beginning of them. */
	BEGINNING {

		@Override
		Set<String> after(String durable, List<String> pieces) {
			Set<String> found = new LinkedHashSet<>();
			for (int written = 0; written <= pieces.size(); written++) {
				found.add(durable + String.join("", pieces.subList(0, written)));
			}
			return found;
		}

	};

	abstract Set<String> after(String durable, List<String> pieces);

	private static String zeros(String piece) {
		return "\0".repeat(piece.length());
	}

}
