package io.atomicwrite.format.syntax;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Scalars of YAML: what a plain one stands for by the core schema of YAML 1.2.2, section
 * 10.3.2, and how a value is spelled.
 */
final class YamlScalars {

	private static final Pattern NULL = Pattern.compile("|~|null|Null|NULL");

	private static final Pattern BOOLEAN = Pattern.compile("true|True|TRUE|false|False|FALSE");

	private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]+");

	private static final Pattern OCTAL_OR_HEX = Pattern.compile("0o[0-7]+|0x[0-9a-fA-F]+");

	private static final Pattern FLOAT = Pattern
		.compile("[-+]?(?:\\.[0-9]+|[0-9]+(?:\\.[0-9]*)?)(?:[eE][-+]?[0-9]{1,4})?");

	private static final Pattern INFINITE = Pattern.compile("[-+]?\\.(?:inf|Inf|INF)");

	private static final Pattern NOT_A_NUMBER = Pattern.compile("\\.(?:nan|NaN|NAN)");

	/** What YAML 1.1, as others read it, takes for something else than a text. */
	private static final Pattern OTHER_IN_1_1 = Pattern.compile("(?i:yes|no|on|off|null|true|false)|~|<<|="
			+ "|[-+]?(?:0b[01_]+|0x[0-9a-fA-F_]+|0o?[0-7_]+|[0-9][0-9_]*(?::[0-5]?[0-9])*(?:\\.[0-9_]*)?)"
			+ "|[-+]?(?:[0-9][0-9_]*)?\\.[0-9_]*(?:[eE][-+]?[0-9]+)?|[-+]?[0-9][0-9_.]*[eE][-+]?[0-9]+"
			+ "|[-+]?\\.(?i:inf|nan)|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt \\t].*)?");

	private static final String INDICATORS = "-?:,[]{}#&*!|>'\"%@`";

	private YamlScalars() {
	}

	/** What a plain scalar stands for. */
	static @Nullable Object resolve(String text) {
		if (NULL.matcher(text).matches()) {
			return null;
		}
		if (BOOLEAN.matcher(text).matches()) {
			return text.equalsIgnoreCase("true");
		}
		if (INTEGER.matcher(text).matches()) {
			return new BigInteger(text.startsWith("+") ? text.substring(1) : text);
		}
		if (OCTAL_OR_HEX.matcher(text).matches()) {
			return new BigInteger(text.substring(2), (text.charAt(1) == 'x') ? 16 : 8);
		}
		if (FLOAT.matcher(text).matches()) {
			return new BigDecimal(text.endsWith(".") ? text + "0" : text.replaceFirst("\\.([eE])", ".0$1"));
		}
		if (INFINITE.matcher(text).matches()) {
			return (text.charAt(0) == '-') ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
		}
		return NOT_A_NUMBER.matcher(text).matches() ? (Object) Double.NaN : text;
	}

	/** Spells a scalar on one line. */
	static String render(@Nullable Object value, boolean flow) {
		if (value instanceof String text) {
			return isPlain(text, flow) && !isOtherIn11(text) ? text : JsonRenderer.quoted(text);
		}
		if (value instanceof Double number) {
			return Double.isNaN(number) ? ".nan" : (number > 0) ? ".inf" : "-.inf";
		}
		return JsonRenderer.scalar(value);
	}

	/** Spells a scalar in the style of the one whose place it takes. */
	static String render(@Nullable Object value, boolean flow, char style, String old) {
		if (!(value instanceof String text)) {
			return render(value, flow);
		}
		if (style == '\'' && isPrintableLine(text)) {
			return "'" + text.replace("'", "''") + "'";
		}
		if (style == '"') {
			return JsonRenderer.quoted(text);
		}
		boolean plain = isPlain(text, flow) && (!isOtherIn11(text) || isOtherIn11(old));
		return plain ? text : JsonRenderer.quoted(text);
	}

	static boolean isOtherIn11(String text) {
		return OTHER_IN_1_1.matcher(text).matches();
	}

	/** Whether a text may be written without quotes and is the same text again. */
	static boolean isPlain(String text, boolean flow) {
		if (text.isEmpty() || !isPrintableLine(text) || !text.strip().equals(text) || text.indexOf('\t') >= 0
				|| INDICATORS.indexOf(text.charAt(0)) >= 0 || !(resolve(text) instanceof String)) {
			return false;
		}
		if (text.contains(": ") || text.contains(" #") || text.endsWith(":") || text.equals("...")) {
			return false;
		}
		return !flow || text.chars().noneMatch((next) -> ",[]{}:".indexOf(next) >= 0);
	}

	/** Whether all characters are printable as YAML means it, and on one line. */
	static boolean isPrintableLine(String text) {
		return text.codePoints()
			.allMatch((next) -> next == '\t' || (next >= ' ' && next < 0x7f)
					|| (next >= 0xa0 && next <= 0xd7ff && next != 0x2028 && next != 0x2029)
					|| (next >= 0xe000 && next <= 0xfffd && next != 0xfeff) || next >= 0x10000);
	}

}
