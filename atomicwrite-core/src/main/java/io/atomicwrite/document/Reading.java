package io.atomicwrite.document;

import org.jspecify.annotations.Nullable;

/**
 * What a content is for a document. As immutable and thread-safe as its value.
 *
 * @param <T> the type of the value
 */
sealed interface Reading<T> {

	/**
	 * A valid value.
	 *
	 * @param <T> the type of the value
	 * @param value the value, with the defaults beneath it
	 * @param tree what the file has itself, without defaults and before any migration; an
	 * empty map for a missing file. It is not to be changed
	 * @param schema the schema number of the file, 1 if it has none
	 * @param migrated whether the file has an older schema than the value
	 */
	record Valid<T>(T value, @Nullable Object tree, int schema, boolean migrated) implements Reading<T> {

		@Override
		public String toString() {
			return "Valid[schema=" + this.schema + ", migrated=" + this.migrated + "]";
		}

	}

	/**
	 * No valid value.
	 *
	 * @param <T> the type of the value
	 * @param problem what is wrong
	 */
	record Invalid<T>(DocumentProblem problem) implements Reading<T> {
	}

	/**
	 * A value of a newer schema, which can be read and must not be written.
	 *
	 * @param <T> the type of the value
	 * @param value the value, as far as this application knows it
	 * @param schema the schema number of the file
	 * @param problem says so, for a person
	 */
	record TooNew<T>(T value, int schema, DocumentProblem problem) implements Reading<T> {

		@Override
		public String toString() {
			return "TooNew[schema=" + this.schema + "]";
		}

	}

}
