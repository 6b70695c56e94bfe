package io.atomicwrite.cli;

import java.util.List;

/**
 * Where a value is in a file: {@code a.b[0]} or the JSON pointer {@code /a/b/0}.
 *
 * @param text the path as it was typed
 * @param steps what leads to the value; none for the whole file
 */
record ValuePath(String text, List<Step> steps) {

	/** Reads a path that is a whole argument. */
	static ValuePath parse(String text) {
		return new PathParser(text, false).parse();
	}

	/** How one step leads on. */
	enum Kind {

		/** To the value of a key. */
		KEY,

		/** To an element of a list, from its end if the place is negative. */
		PLACE,

		/** Behind the last element of a list. */
		APPEND,

		/** To either, as a JSON pointer leaves open. */
		TOKEN

	}

	/**
	 * One step.
	 *
	 * @param kind how it leads on
	 * @param key the key, or the text of a place
	 * @param place the place in a list
	 */
	record Step(Kind kind, String key, int place) {

		static Step key(String key) {
			return new Step(Kind.KEY, key, 0);
		}

		static Step place(String text) {
			try {
				return new Step(Kind.PLACE, text, Integer.parseInt(text));
			}
			catch (NumberFormatException ex) {
				// longer than any list
				return new Step(Kind.PLACE, text, Integer.MAX_VALUE);
			}
		}

		static Step append() {
			return new Step(Kind.APPEND, "+", 0);
		}

		static Step token(String token) {
			return new Step(Kind.TOKEN, token, 0);
		}

		/** The same step where a list is: a token there is a place. */
		Step inList() {
			if (this.kind != Kind.TOKEN) {
				return this;
			}
			if (this.key.equals("-")) {
				return append();
			}
			boolean digits = !this.key.isEmpty() && this.key.chars().allMatch((c) -> c >= '0' && c <= '9');
			return digits ? place(this.key) : key(this.key);
		}

	}

}
