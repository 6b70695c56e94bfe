package io.atomicwrite.format.jackson;

import java.util.Locale;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.DeserializationProblemHandler;

/**
 * Reads {@code yes}, {@code no}, {@code on} and {@code off} as truth values where the
 * type asks for one, as YAML 1.1 and Spring do, and {@code 1_000} as a number.
 */
final class LooseScalars extends DeserializationProblemHandler {

	private static final Set<String> TRUE = Set.of("true", "yes", "on");

	private static final Set<String> FALSE = Set.of("false", "no", "off");

	@Override
	public @Nullable Object handleWeirdStringValue(DeserializationContext context, Class<?> type, String value,
			String failure) {
		String text = value.toLowerCase(Locale.ROOT);
		if (type == Boolean.class || type == boolean.class) {
			return TRUE.contains(text) ? Boolean.TRUE : FALSE.contains(text) ? Boolean.FALSE : NOT_HANDLED;
		}
		String digits = text.replace("_", "");
		if (digits.matches("[-+]?[0-9]{1,18}") && !digits.equals(text)) {
			long number = Long.parseLong(digits);
			if (type == Long.class || type == long.class) {
				return number;
			}
			if ((type == Integer.class || type == int.class) && number == (int) number) {
				return (int) number;
			}
		}
		return NOT_HANDLED;
	}

}
