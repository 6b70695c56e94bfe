package io.atomicwrite.format.jackson;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.atomicwrite.format.MalformedContentException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.exc.ValueInstantiationException;

/**
 * Says what Jackson found without the values that its messages quote.
 */
final class JacksonErrors {

	private static final Pattern UNEXPECTED = Pattern.compile(
			"Unexpected character \\((?:'.' )?\\(?code [^)]*\\)\\)?(?:: (?:was )?expect[^'\"\n]*)?", Pattern.DOTALL);

	private static final Pattern DUPLICATE = Pattern.compile("Duplicate Object property \"[^\"\n]*\"");

	private JacksonErrors() {
	}

	/** The exception of content that Jackson has refused. */
	static MalformedContentException malformed(JacksonException failure) {
		TokenStreamLocation location = failure.getLocation();
		boolean known = location != null && location.getLineNr() > 0;
		return new MalformedContentException(reason(failure), known ? location.getLineNr() : 0,
				known ? Math.max(location.getColumnNr(), 0) : 0);
	}

	/** What is wrong, without any value. */
	static String reason(JacksonException failure) {
		String message = String.valueOf(failure.getOriginalMessage());
		if (failure instanceof DatabindException) {
			return mismatch(failure, message);
		}
		if (failure instanceof UnexpectedEndOfInputException) {
			return "the file ends too early";
		}
		if (failure instanceof StreamConstraintsException) {
			return "a limit is exceeded: " + message;
		}
		for (Pattern pattern : List.of(UNEXPECTED, DUPLICATE)) {
			Matcher matcher = pattern.matcher(message);
			if (matcher.find()) {
				return matcher.group();
			}
		}
		return "the content is not well-formed";
	}

	private static String mismatch(JacksonException failure, String message) {
		String value = "the value" + at(path(failure));
		if (failure instanceof UnrecognizedPropertyException unknown) {
			return "the key '" + unknown.getPropertyName() + "' is not known" + at(path(failure));
		}
		if (failure instanceof ValueInstantiationException && failure.getCause() != null
				&& !(failure.getCause() instanceof JacksonException)) {
			return value + " was refused: " + failure.getCause().getMessage();
		}
		if (message.startsWith("Trailing token")) {
			return "there is something after the value";
		}
		if (failure instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null) {
			String type = mismatch.getTargetType().getSimpleName();
			return message.contains("`null`") ? value + " is missing or null, and must be of the type " + type
					: value + " does not fit the type " + type;
		}
		return message.startsWith("No content to map") ? "the file is empty" : value + " does not fit";
	}

	private static String at(List<Object> path) {
		StringBuilder text = new StringBuilder();
		for (Object step : path) {
			text.append((step instanceof Integer) ? "[" + step + "]" : (text.isEmpty() ? "" : ".") + step);
		}
		return text.isEmpty() ? "" : " of '" + text + "'";
	}

	/** The keys and places that lead to the value. */
	static List<Object> path(JacksonException failure) {
		List<Object> path = new ArrayList<>();
		for (JacksonException.Reference reference : failure.getPath()) {
			String key = reference.getPropertyName();
			path.add((key != null) ? key : (Object) reference.getIndex());
		}
		return path;
	}

}
