package io.atomicwrite.document;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

import io.atomicwrite.format.EditableFormat;
import io.atomicwrite.format.jackson.JacksonJsonFormat;
import io.atomicwrite.format.jackson.JacksonPropertiesFormat;
import io.atomicwrite.format.jackson.JacksonTomlFormat;
import io.atomicwrite.format.jackson.JacksonYamlFormat;
import org.jspecify.annotations.Nullable;

/**
 * The four kinds of files.
 */
enum Kinds {

	JSON(new JacksonJsonFormat()), YAML(new JacksonYamlFormat()), TOML(new JacksonTomlFormat()),
	PROPERTIES(new JacksonPropertiesFormat());

	private final EditableFormat format;

	Kinds(EditableFormat format) {
		this.format = format;
	}

	EditableFormat format() {
		return this.format;
	}

	Path file() {
		return Path.of("config." + name().toLowerCase(java.util.Locale.ROOT));
	}

	<T> DocumentCodec<T> codec(DocumentOptions<T> options) {
		return DocumentCodec.of(file(), this.format, options, InstantSource.system());
	}

	<T> DocumentCodec<T> codec(DocumentOptions.Builder<T> options) {
		return codec(options.build());
	}

	/** A content with a tree. */
	byte[] content(Map<String, ?> tree) {
		try {
			return this.format.writeTree(tree);
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
	}

	@Nullable Object tree(byte[] content) {
		try {
			return this.format.readTree(content);
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
	}

	/** A scalar as this kind has it. */
	Object scalar(Object value) {
		return (this == PROPERTIES) ? value.toString() : value;
	}

	boolean hasNull() {
		return this == JSON || this == YAML;
	}

	static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	static String text(byte[] content) {
		return new String(content, StandardCharsets.UTF_8);
	}

	static <T> T value(Reading<T> reading) {
		return ((Reading.Valid<T>) reading).value();
	}

	static DocumentProblem problem(Reading<?> reading) {
		return ((Reading.Invalid<?>) reading).problem();
	}

}
