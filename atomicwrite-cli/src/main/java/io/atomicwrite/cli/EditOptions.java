package io.atomicwrite.cli;

import java.io.IOException;

import io.atomicwrite.format.Formatting;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/**
 * How a value of a file is changed.
 */
final class EditOptions extends OptionGroup {

	private final OptionSpec format = format(this);

	private final OptionSpec formatting = value("POLICY",
			"What happens to the rest of the text: minimal keeps it and warns of what can't be kept (default), "
					+ "require-minimal fails rather than lose anything, rewrite writes the whole file anew.",
			"--formatting");

	private final OptionSpec create;

	private final OptionSpec schema = file("FILE",
			"Write nothing unless the new content is valid by this JSON Schema, which may itself be JSON, YAML or TOML.",
			"--schema");

	EditOptions(boolean creates) {
		super("Changing");
		this.create = OptionSpec.builder("--create")
			.type(boolean.class)
			.arity("0")
			.description("Begin a new file if there is none, or if it is empty.")
			.build();
		if (creates) {
			add(this.create);
		}
	}

	static OptionSpec format(OptionGroup group) {
		return group.value("FORMAT", "The format of the file: json, jsonc (with comments), yaml, toml or properties. "
				+ "Default: by its extension.", "--format");
	}

	static DataFormat format(OptionSpec option, String file) {
		DataFormat given = given(option);
		if (given != null) {
			return given;
		}
		DataFormat found = DataFormat.ofFile(file);
		if (found == null) {
			throw Failure.of("", "has no extension that names a format",
					"name it with --format: json, jsonc, yaml, toml or properties");
		}
		return found;
	}

	static @Nullable DataFormat given(OptionSpec option) {
		String name = text(option);
		if (name == null) {
			return null;
		}
		DataFormat format = DataFormat.named(name);
		if (format == null) {
			throw Failure.usage(option.longestName(), "'" + name + "' is none of json, jsonc, yaml, toml, properties");
		}
		return format;
	}

	DataFormat format(String file) {
		return format(this.format, file);
	}

	Formatting formatting() {
		String word = text(this.formatting);
		return (word != null) ? word(this.formatting, word, Formatting.class) : Formatting.MINIMAL;
	}

	boolean creates() {
		return isSet(this.create);
	}

	@Nullable SchemaCheck schema() throws IOException {
		String file = text(this.schema);
		if (file == null) {
			return null;
		}
		try {
			return SchemaCheck.of(file);
		}
		catch (NoClassDefFoundError ex) {
			throw Failure.usage("--schema", "its library is missing: lib/schema in the folder of the program");
		}
	}

}
