package io.atomicwrite.format.syntax;

/**
 * Lines of a text, and how it is indented.
 */
final class Lines {

	private Lines() {
	}

	/** The place of an offset as a person counts. */
	static Place of(String text, int offset) {
		int line = 1;
		int start = 0;
		for (int next = text.indexOf('\n'); next >= 0 && next < offset; next = text.indexOf('\n', next + 1)) {
			line++;
			start = next + 1;
		}
		int end = Math.min(offset, text.length());
		return new Place(line, text.codePointCount(Math.min(start, end), end) + 1);
	}

	/** Where the line of an offset begins. */
	static int start(String text, int offset) {
		return text.lastIndexOf('\n', offset - 1) + 1;
	}

	/** Where the line of an offset ends, before its line end. */
	static int end(String text, int offset) {
		int end = text.indexOf('\n', offset);
		if (end < 0) {
			return text.length();
		}
		return (end > 0 && text.charAt(end - 1) == '\r') ? end - 1 : end;
	}

	/** Where the line after that of an offset begins. */
	static int next(String text, int offset) {
		int end = text.indexOf('\n', offset);
		return (end < 0) ? text.length() : end + 1;
	}

	/** Whether nothing but blanks is before an offset on its line. */
	static boolean isFirst(String text, int offset) {
		return text.substring(start(text, offset), offset).isBlank();
	}

	/** The blanks at the begin of the line of an offset. */
	static String indent(String text, int offset) {
		int start = start(text, offset);
		int end = start;
		while (end < text.length() && (text.charAt(end) == ' ' || text.charAt(end) == '\t')) {
			end++;
		}
		return text.substring(start, end);
	}

	/** The line end that the text begins to use. */
	static String separator(String text) {
		int end = text.indexOf('\n');
		return (end > 0 && text.charAt(end - 1) == '\r') ? "\r\n" : "\n";
	}

	/** The first indent in the text, or two blanks. */
	static String unit(String text) {
		for (int start = 0; start < text.length(); start = next(text, start)) {
			String indent = indent(text, start);
			int first = start + indent.length();
			if (!indent.isEmpty() && first < text.length() && "#*/\r\n".indexOf(text.charAt(first)) < 0) {
				return (indent.charAt(0) == '\t') ? "\t" : indent;
			}
		}
		return "  ";
	}

	static int skipBlanks(String text, int from) {
		int at = from;
		while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
			at++;
		}
		return at;
	}

	/**
	 * A place in a text.
	 *
	 * @param line the line, counted from 1
	 * @param column the column in characters, counted from 1
	 */
	record Place(int line, int column) {
	}

}
