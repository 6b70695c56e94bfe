package io.atomicwrite.document;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds out whether a value is valid. As thread-safe as the validators are.
 *
 * @param <T> the type of the value
 */
final class Validation<T> {

	private static final String API = "jakarta.validation.Validation";

	private final List<DocumentValidator<? super T>> validators = new ArrayList<>();

	Validation(DocumentOptions<T> options) {
		if (options.constraints() && ApiOnClassPath.IS_THERE) {
			JakartaValidator.detected().ifPresent(this.validators::add);
		}
		this.validators.addAll(options.validators());
	}

	/** Returns what is wrong with a value, in a fixed order. */
	List<Violation> violations(T value) {
		List<Violation> found = new ArrayList<>();
		this.validators.forEach((validator) -> validate(validator, value, found));
		return found;
	}

	private static <V> void validate(DocumentValidator<? super V> validator, V value, List<Violation> found) {
		try {
			validator.validate(value, (field, message) -> found.add(new Violation(FieldPath.parse(field), message)));
		}
		catch (RuntimeException ex) {
			found.add(new Violation(FieldPath.WHOLE, "can't be validated: " + FailureText.of(ex)));
		}
	}

	/**
	 * What is wrong with a field.
	 *
	 * @param path the field
	 * @param message what is wrong
	 */
	record Violation(FieldPath path, String message) {
	}

	/** Looked up once. */
	private static final class ApiOnClassPath {

		static final boolean IS_THERE = isThere();

		private static boolean isThere() {
			try {
				Class.forName(API, false, Validation.class.getClassLoader());
				return true;
			}
			catch (ClassNotFoundException | LinkageError ex) {
				return false;
			}
		}

	}

}
