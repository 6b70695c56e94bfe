package io.atomicwrite.document;

/**
 * Decides whether a value may be served and written. Is invoked for each content that is
 * read and each value that is about to be written, by any thread.
 *
 * @param <T> the type of the value
 */
@FunctionalInterface
public interface DocumentValidator<T> {

	/**
	 * Validates a value.
	 * @param value the value; must not be changed
	 * @param violations receives what is wrong; a value without violations is valid
	 */
	void validate(T value, Violations violations);

	/**
	 * Receives what is wrong with a value.
	 */
	@FunctionalInterface
	interface Violations {

		/**
		 * Adds what is wrong with a field.
		 * @param field the keys and places that lead to the field, as
		 * {@code server.hosts[1]} or as the JSON pointer {@code /server/hosts/1}; empty
		 * for the whole value
		 * @param message what is wrong, such as {@code must be positive}; it goes to
		 * logs, so it should not have the value itself
		 */
		void add(String field, String message);

	}

}
