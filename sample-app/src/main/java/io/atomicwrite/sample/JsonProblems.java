package io.atomicwrite.sample;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/**
 * Explains in terms of the request why a body could not be read.
 */
final class JsonProblems {

	private JsonProblems() {
	}

	/**
	 * Returns the problem of the field that caused the failure, or an empty list if there
	 * is no such field.
	 */
	static List<FieldProblem> of(@Nullable Throwable cause) {
		if (!(cause instanceof JacksonException ex)) {
			return List.of();
		}
		String field = ex.getPath()
			.stream()
			.map(JacksonException.Reference::getPropertyName)
			.filter((name) -> name != null)
			.collect(Collectors.joining("."));
		return field.isEmpty() ? List.of() : List.of(new FieldProblem(field, message(ex)));
	}

	private static String message(JacksonException ex) {
		if (ex instanceof UnrecognizedPropertyException) {
			return "is not a known property";
		}
		if (ex instanceof InvalidFormatException format && format.getTargetType().isEnum()) {
			return "must be one of " + Arrays.toString(format.getTargetType().getEnumConstants());
		}
		return "is missing or has a value of the wrong type";
	}

	static String detail(@Nullable Throwable cause) {
		if (!(cause instanceof JacksonException ex) || ex.getLocation() == null) {
			return "The body can't be read.";
		}
		TokenStreamLocation at = ex.getLocation();
		return "The body can't be read: see line " + at.getLineNr() + ", column " + at.getColumnNr() + ".";
	}

}
