package io.atomicwrite.spring.config;

import java.io.IOException;
import java.util.List;
import java.util.Map;

import io.atomicwrite.format.MalformedContentException;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.reader.ReaderException;

import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.core.env.PropertySource;

/**
 * A file of YAML, as Spring Boot's loader reads it: {@code yes} is a truth value, and
 * merge keys are merged. The messages of its parser quote the file, so that only the part
 * that says what is wrong is taken.
 */
final class YamlConfigFile {

	/** What Spring Boot calls the only value of a document without keys. */
	private static final String ONLY_VALUE = "document";

	private static final String NOT_WELL_FORMED = "the content is not well-formed";

	private YamlConfigFile() {
	}

	static List<PropertySource<?>> parse(ConfigText text) throws IOException {
		try {
			YamlAliases.refuseTooMany(text);
			List<PropertySource<?>> sources = new YamlPropertySourceLoader().load(text.name(), text.resource());
			for (PropertySource<?> source : sources) {
				refuseSingleValue(source, text);
			}
			return sources;
		}
		catch (MarkedYAMLException ex) {
			throw malformed(ex.getProblemMark(), ex.getProblem());
		}
		catch (ReaderException ex) {
			throw text.malformed(text.text().offsetByCodePoints(0, Math.max(0, ex.getPosition())),
					"this character is not allowed");
		}
		catch (YAMLException ex) {
			// a limit of the parser, without a place
			String message = String.valueOf(ex.getMessage());
			throw new MalformedContentException(message.contains("exceed")
					? "a limit is exceeded: " + message.lines().findFirst().orElse("") : NOT_WELL_FORMED, 0, 0);
		}
		catch (StackOverflowError ex) {
			throw new MalformedContentException("it is nested too deeply", 0, 0);
		}
	}

	private static MalformedContentException malformed(@Nullable Mark mark, @Nullable String problem) {
		String reason = (problem != null) ? problem.lines().findFirst().orElse(NOT_WELL_FORMED).strip()
				: NOT_WELL_FORMED;
		return (mark != null) ? new MalformedContentException(reason, mark.getLine() + 1, mark.getColumn() + 1)
				: new MalformedContentException(reason, 0, 0);
	}

	/** The begin of a file whose rest is missing often is one word. */
	private static void refuseSingleValue(PropertySource<?> source, ConfigText text) throws MalformedContentException {
		if (source.getSource() instanceof Map<?, ?> map && map.size() == 1 && map.containsKey(ONLY_VALUE)) {
			Origin origin = OriginLookup.getOrigin(source, ONLY_VALUE);
			if (origin instanceof TextResourceOrigin place && place.getLocation() != null) {
				int line = place.getLocation().getLine();
				int column = place.getLocation().getColumn();
				String before = before(text.text(), line, column);
				if (!before.contains(ONLY_VALUE)) {
					throw new MalformedContentException("keys and values are expected here, not a single value",
							line + 1, column + 1);
				}
			}
		}
	}

	private static String before(String text, int line, int column) {
		int start = 0;
		for (int i = 0; i < line; i++) {
			start = text.indexOf('\n', start) + 1;
		}
		return text.substring(0, Math.min(text.length(), start + column));
	}

}
