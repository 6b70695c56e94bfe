package io.atomicwrite.document;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.ElementKind;
import jakarta.validation.NoProviderFoundException;
import jakarta.validation.Path;
import jakarta.validation.Validation;
import jakarta.validation.ValidationException;
import jakarta.validation.Validator;
import org.jspecify.annotations.Nullable;

/**
 * Validates the constraints of Jakarta Validation, with those of nested values that are
 * marked {@code @Valid}. Of a map or a list as the whole document, each value is
 * validated. Needs {@code jakarta.validation:jakarta.validation-api}. As thread-safe as
 * the validator is, which by its specification is.
 */
public final class JakartaValidator implements DocumentValidator<Object> {

	private static volatile @Nullable JakartaValidator detected;

	private final Validator validator;

	private JakartaValidator(Validator validator) {
		this.validator = validator;
	}

	/**
	 * Returns a validator that another one stands behind, such as that of an application.
	 * Use {@link DocumentOptions.Builder#constraints} to switch off the one that is found
	 * otherwise.
	 * @param validator the validator
	 * @return the validator of documents
	 */
	public static JakartaValidator of(Validator validator) {
		return new JakartaValidator(validator);
	}

	/** The one of the class path, created once, if there is a provider. */
	static Optional<JakartaValidator> detected() {
		JakartaValidator known = detected;
		if (known == null) {
			try {
				known = of(Validation.buildDefaultValidatorFactory().getValidator());
				detected = known;
			}
			catch (NoProviderFoundException ex) {
				return Optional.empty();
			}
			catch (ValidationException ex) {
				throw new IllegalStateException("Jakarta Validation is on the class path and can't be used: "
						+ ex.getMessage() + "; add what is missing, or switch constraints off in the DocumentOptions",
						ex);
			}
		}
		return Optional.of(known);
	}

	@Override
	public void validate(Object value, Violations violations) {
		if (value instanceof Map<?, ?> map) {
			map.forEach((key, element) -> validate(new FieldPath(List.of(String.valueOf(key))), element, violations));
		}
		else if (value instanceof Iterable<?> elements) {
			int place = 0;
			for (Object element : elements) {
				validate(new FieldPath(List.of(place++)), element, violations);
			}
		}
		else {
			validate(FieldPath.WHOLE, value, violations);
		}
	}

	private void validate(FieldPath parent, @Nullable Object value, Violations violations) {
		if (value == null) {
			return;
		}
		this.validator.validate(value)
			.stream()
			.map((violation) -> new Found(path(parent, violation), message(violation)))
			.sorted(Comparator.comparing(Found::field).thenComparing(Found::message))
			.forEach((found) -> violations.add(found.field(), found.message()));
	}

	private static String path(FieldPath parent, ConstraintViolation<?> violation) {
		List<Object> steps = new ArrayList<>(parent.steps());
		for (Path.Node node : violation.getPropertyPath()) {
			if (node.isInIterable()) {
				Object step = (node.getIndex() != null) ? node.getIndex() : node.getKey();
				if (step != null) {
					steps.add((step instanceof Integer) ? step : String.valueOf(step));
				}
			}
			if (node.getKind() == ElementKind.PROPERTY && node.getName() != null) {
				steps.add(node.getName());
			}
		}
		return new FieldPath(steps).field();
	}

	/** Messages of some constraints quote the value. */
	private static String message(ConstraintViolation<?> violation) {
		Object value = violation.getInvalidValue();
		String message = String.valueOf(violation.getMessage());
		String text = String.valueOf(value);
		boolean quotes = value instanceof CharSequence && text.length() >= 3
				|| String.valueOf(violation.getMessageTemplate()).contains("validatedValue");
		return (value != null && quotes && !text.isEmpty()) ? message.replace(text, Secrets.MASK) : message;
	}

	/** What was found, in an order that does not change. */
	private record Found(String field, String message) {
	}

}
