package io.atomicwrite.cli;

import java.util.List;
import java.util.Locale;

import io.atomicwrite.format.FormatLimits;
import io.atomicwrite.format.syntax.Grammar;
import org.jspecify.annotations.Nullable;

/**
 * The formats whose values can be read and changed. The library of one is loaded with its
 * first file.
 */
enum DataFormat {

	JSON("JSON", "json"), JSONC("JSON with comments", "jsonc"), YAML("YAML", "yaml", "yml"), TOML("TOML", "toml"),
	PROPERTIES("properties", "properties");

	private static final FormatLimits LIMITS = FormatLimits.defaults();

	private final String text;

	private final List<String> extensions;

	DataFormat(String text, String... extensions) {
		this.text = text;
		this.extensions = List.of(extensions);
	}

	/** Returns the format of that name or extension, or {@code null}. */
	static @Nullable DataFormat named(String name) {
		String lower = name.toLowerCase(Locale.ROOT);
		for (DataFormat format : values()) {
			if (format.extensions.contains(lower)) {
				return format;
			}
		}
		return null;
	}

	/** Returns the format that the extension of a file names, or {@code null}. */
	static @Nullable DataFormat ofFile(String file) {
		String name = file.substring(file.lastIndexOf('/') + 1);
		return named(name.substring(name.lastIndexOf('.') + 1));
	}

	/** The most bytes that a file may have. */
	static int mostBytes() {
		return LIMITS.size();
	}

	Grammar grammar() {
		return switch (this) {
			case JSON -> Grammar.json(LIMITS, false);
			case JSONC -> Grammar.json(LIMITS, true);
			case YAML -> Grammar.yaml(LIMITS);
			case TOML -> Grammar.toml(LIMITS);
			case PROPERTIES -> Grammar.properties(LIMITS);
		};
	}

	/** Whether a value may be {@code null} rather than not be there. */
	boolean holdsNull() {
		return this != TOML && this != PROPERTIES;
	}

	/** Whether a reader distinguishes {@code 2} from {@code 2.0}. */
	boolean distinguishesIntegers() {
		return this == TOML || this == YAML;
	}

	@Override
	public String toString() {
		return this.text;
	}

}
