package io.atomicwrite.format;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The libraries of the built-in formats.
 */
enum FormatLibrary {

	/** Binds the values of all of them. */
	JACKSON("tools.jackson.databind.json.JsonMapper", "tools.jackson.core:jackson-databind",
			Set.of("json", "yaml", "yml", "toml", "properties")),

	/** Parses YAML. */
	YAML("org.snakeyaml.engine.v2.api.LoadSettings", "org.snakeyaml:snakeyaml-engine", Set.of("yaml", "yml")),

	/** Parses TOML. */
	TOML("tools.jackson.dataformat.toml.TomlMapper", "tools.jackson.dataformat:jackson-dataformat-toml",
			Set.of("toml"));

	private final String type;

	private final String artifact;

	private final Set<String> extensions;

	FormatLibrary(String type, String artifact, Set<String> extensions) {
		this.type = type;
		this.artifact = artifact;
		this.extensions = extensions;
	}

	/** The artifacts that the format of an extension needs and that are not there. */
	static List<String> missing(String extension) {
		return Stream.of(values())
			.filter((library) -> library.extensions.contains(extension) && !library.isThere())
			.map((library) -> library.artifact)
			.toList();
	}

	private boolean isThere() {
		try {
			Class.forName(this.type, false, FormatLibrary.class.getClassLoader());
			return true;
		}
		catch (ClassNotFoundException | LinkageError ex) {
			return false;
		}
	}

}
