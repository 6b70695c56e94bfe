package io.atomicwrite.format.syntax;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Scalars of TOML 1.0: what a bare one stands for, and how a value is spelled.
 */
final class TomlScalars {

	/** The style of a date or time. */
	static final char DATE = 'd';

	/**
	 * The style of a text in three double quotes; in three single ones
	 * {@link #LITERAL_LINES}.
	 */
	static final char LINES = 'L';

	static final char LITERAL_LINES = 'l';

	private static final String TIME = "[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?";

	private static final Pattern DATE_OR_TIME = Pattern
		.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}([Tt ]" + TIME + "([Zz]|[-+][0-9]{2}:[0-9]{2})?)?|" + TIME);

	private static final Pattern INTEGER = Pattern.compile("[-+]?(0|[1-9](_?[0-9])*+)");

	private static final Pattern PREFIXED = Pattern
		.compile("0x[0-9a-fA-F](_?[0-9a-fA-F])*+|0o[0-7](_?[0-7])*+|0b[01](_?[01])*+");

	private static final Pattern FLOAT = Pattern
		.compile("[-+]?(0|[1-9](_?[0-9])*+)(\\.[0-9](_?[0-9])*+)?([eE][-+]?[0-9](_?[0-9]){0,3})?");

	private static final Pattern BARE_KEY = Pattern.compile("[A-Za-z0-9_-]+");

	private TomlScalars() {
	}

	static boolean isDate(String text) {
		return DATE_OR_TIME.matcher(text).matches();
	}

	/** What a bare scalar stands for, or {@code null} if it is none. */
	static @Nullable Object resolve(String text) {
		if (text.equals("true") || text.equals("false")) {
			return text.equals("true");
		}
		if (isDate(text)) {
			return text;
		}
		String digits = text.replace("_", "");
		if (INTEGER.matcher(text).matches()) {
			return new BigInteger(digits.startsWith("+") ? digits.substring(1) : digits);
		}
		if (PREFIXED.matcher(text).matches()) {
			int radix = switch (text.charAt(1)) {
				case 'x' -> 16;
				case 'o' -> 8;
				default -> 2;
			};
			return new BigInteger(digits.substring(2), radix);
		}
		if (FLOAT.matcher(text).matches()) {
			return new BigDecimal(digits);
		}
		return switch (text) {
			case "inf", "+inf" -> Double.POSITIVE_INFINITY;
			case "-inf" -> Double.NEGATIVE_INFINITY;
			case "nan", "+nan", "-nan" -> Double.NaN;
			default -> null;
		};
	}

	static String render(@Nullable Object value) {
		if (value instanceof Double number) {
			return Double.isNaN(number) ? "nan" : (number > 0) ? "inf" : "-inf";
		}
		if (value instanceof BigDecimal number) {
			return JsonRenderer.decimal(number);
		}
		return (value instanceof String text) ? quoted(text) : String.valueOf(value);
	}

	/** Spells a scalar in the style of the one whose place it takes. */
	static String render(@Nullable Object value, char style, String separator) {
		if (!(value instanceof String text)) {
			return render(value);
		}
		if (style == DATE && isDate(text)) {
			return text;
		}
		boolean printable = text.chars().allMatch((next) -> next >= ' ' && next != 0x7f);
		if (style == '\'' && printable && text.indexOf('\'') < 0) {
			return "'" + text + "'";
		}
		if ((style == LINES || style == LITERAL_LINES) && text.indexOf('\n') >= 0 && text.indexOf('\r') < 0) {
			String escaped = quoted(text).replace("\\n", "\n");
			return "\"\"\"" + separator + escaped.substring(1, escaped.length() - 1).replace("\n", separator)
					+ "\"\"\"";
		}
		return quoted(text);
	}

	private static String quoted(String text) {
		return JsonRenderer.quoted(text);
	}

	static String key(String key) {
		return BARE_KEY.matcher(key).matches() ? key : quoted(key);
	}

}
