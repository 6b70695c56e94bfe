package io.atomicwrite.cli;

/**
 * A path and the text that is to be its value.
 *
 * @param path the path
 * @param value what follows the first equals sign outside of quotes and brackets
 */
record Assignment(ValuePath path, String value) {

	/**
	 * Reads an argument. No message has any of a value: it may be a secret.
	 * @param text the argument
	 * @param form what it should look like
	 */
	static Assignment parse(String text, String form) {
		if (text.indexOf('=') < 0) {
			throw Failure.usage("", "an argument has no equals sign; give " + form);
		}
		FileName.requireRepresentable(text);
		PathParser parser = new PathParser(text, true);
		ValuePath path = parser.parse();
		if (parser.end() >= text.length()) {
			throw Failure.usage("", "an argument has no equals sign outside of quotes; give " + form);
		}
		return new Assignment(path, text.substring(parser.end() + 1));
	}

}
