package io.atomicwrite.cli;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Lengths of time as they are typed: {@code 90}, {@code 1.5h}, {@code 7d}.
 */
final class Ages {

	private static final Map<String, Duration> UNITS = Map.of("ms", Duration.ofMillis(1), "s", Duration.ofSeconds(1),
			"m", Duration.ofMinutes(1), "h", Duration.ofHours(1), "d", Duration.ofDays(1), "w", Duration.ofDays(7));

	private static final double LONGEST_SECONDS = 1e10;

	private Ages() {
	}

	/**
	 * Reads a length of time.
	 * @param option the option that it was given for
	 * @param text what was typed
	 * @param bare the unit of a bare number
	 */
	static Duration parse(String option, String text, Duration bare) {
		int end = 0;
		while (end < text.length() && (Character.isDigit(text.charAt(end)) || text.charAt(end) == '.')) {
			end++;
		}
		String unit = text.substring(end).toLowerCase(Locale.ROOT);
		Duration length = unit.isEmpty() ? bare : UNITS.get(unit);
		try {
			double seconds = Double.parseDouble(text.substring(0, end)) * millis(length) / 1000;
			if (length != null && seconds < LONGEST_SECONDS) {
				return Duration.ofMillis(Math.round(seconds * 1000));
			}
		}
		catch (NumberFormatException ex) {
			// refused below
		}
		throw Failure.usage(option,
				"'" + text + "' is no length of time; give a number such as 2, or with a unit " + "30s, 5m, 2h, 7d");
	}

	private static double millis(@Nullable Duration length) {
		return (length != null) ? length.toMillis() : Double.NaN;
	}

	/** The shortest of what says the same: {@code 90s}, {@code 5m}. */
	static String text(Duration length) {
		long millis = length.toMillis();
		if (millis % 1000 != 0) {
			return millis + "ms";
		}
		long seconds = millis / 1000;
		if (seconds == 0 || seconds % 60 != 0) {
			return seconds + "s";
		}
		if (seconds % 3600 != 0) {
			return seconds / 60 + "m";
		}
		return (seconds % 86400 != 0) ? seconds / 3600 + "h" : seconds / 86400 + "d";
	}

}
