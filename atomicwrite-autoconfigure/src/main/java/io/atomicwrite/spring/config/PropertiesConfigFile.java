package io.atomicwrite.spring.config;

import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.springframework.boot.env.PropertiesPropertySourceLoader;
import org.springframework.core.env.PropertySource;

/**
 * A file of properties. Spring Boot's loader reads it, which takes ISO 8859-1; only since
 * 4.1 it takes a charset. So it gets escapes for what is beyond ASCII, each of which it
 * counts as one column.
 */
final class PropertiesConfigFile {

	private static final String MARK = "\ufeff";

	/** After a backslash that is not itself escaped, a {@code u} needs four digits. */
	private static final Pattern BROKEN_ESCAPE = Pattern.compile("(?<!\\\\)(?:\\\\\\\\)*(\\\\u(?![0-9a-fA-F]{4}))");

	private PropertiesConfigFile() {
	}

	static List<PropertySource<?>> parse(ConfigText text) throws IOException {
		String plain = text.text().startsWith(MARK) ? text.text().substring(1) : text.text();
		try {
			return new PropertiesPropertySourceLoader().load(text.name(), text.resourceOf(escape(plain)));
		}
		catch (IllegalStateException | IllegalArgumentException ex) {
			throw malformed(text);
		}
	}

	private static IOException malformed(ConfigText text) {
		Matcher broken = BROKEN_ESCAPE.matcher(text.text());
		while (broken.find()) {
			int line = text.text().lastIndexOf('\n', broken.start(1)) + 1;
			String before = text.text().substring(line, broken.start(1)).stripLeading();
			if (!before.startsWith("#") && !before.startsWith("!")) {
				return text.malformed(broken.start(1), "an escape \\u needs four hexadecimal digits");
			}
		}
		return text.malformed(0, "the content is not well-formed");
	}

	private static String escape(String text) {
		StringBuilder escaped = new StringBuilder(text.length());
		for (int i = 0; i < text.length(); i++) {
			char next = text.charAt(i);
			if (next < 0x80) {
				escaped.append(next);
			}
			else {
				escaped.append("\\u%04x".formatted((int) next));
			}
		}
		return escaped.toString();
	}

}
