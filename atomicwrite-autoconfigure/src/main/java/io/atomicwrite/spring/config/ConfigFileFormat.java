package io.atomicwrite.spring.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

import io.atomicwrite.FormatException;
import io.atomicwrite.format.FormatLimits;
import io.atomicwrite.format.Formats;
import io.atomicwrite.format.MalformedContentException;
import io.atomicwrite.format.syntax.Grammar;
import io.atomicwrite.spring.config.AtomicFileConfigDataResource.Place;

import org.springframework.core.env.PropertySource;
import org.springframework.util.ClassUtils;

/**
 * The format of an imported file, by its extension. All are read as UTF-8.
 */
enum ConfigFileFormat {

	/** As Spring Boot reads YAML, with several documents. */
	YAML("yaml", "yml") {

		@Override
		List<PropertySource<?>> parse(ConfigText text) throws IOException {
			return YamlConfigFile.parse(text);
		}

	},

	/** As Spring Boot reads properties, with several documents, but in UTF-8. */
	PROPERTIES("properties") {

		@Override
		List<PropertySource<?>> parse(ConfigText text) throws IOException {
			return PropertiesConfigFile.parse(text);
		}

	},

	/** JSON by RFC 8259. */
	JSON("json") {

		@Override
		List<PropertySource<?>> parse(ConfigText text) throws IOException {
			return TreeConfigFile.parse(text, Grammar.json(FormatLimits.defaults(), false).read(text.content()));
		}

	},

	/** TOML 1.0. */
	TOML("toml") {

		@Override
		List<PropertySource<?>> parse(ConfigText text) throws IOException {
			new Formats(Formats.detected()).of(Path.of("x.toml")).decode(text.content(), Object.class);
			return TreeConfigFile.parse(text, Grammar.toml(FormatLimits.defaults()).read(text.content()));
		}

	};

	private static final String SNAKEYAML = "org.yaml.snakeyaml.Yaml";

	private final List<String> extensions;

	ConfigFileFormat(String... extensions) {
		this.extensions = List.of(extensions);
	}

	/**
	 * Returns the format of a file.
	 * @param file the file
	 * @param place where it is imported
	 * @throws ConfigImportException if there is none, or if its library is missing
	 */
	static ConfigFileFormat of(Path file, Place place) {
		Path last = file.getFileName();
		String name = (last != null) ? last.toString() : "";
		String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
		for (ConfigFileFormat format : values()) {
			if (name.indexOf('.') >= 0 && format.extensions.contains(extension)) {
				format.requireLibrary(place);
				return format;
			}
		}
		throw ConfigImportException.ofLocation(place, "The name '" + name + "' has no extension that is known.",
				"Give the file one of the extensions .yaml, .yml, .properties, .json and .toml.");
	}

	private void requireLibrary(Place place) {
		if (this == YAML && !ClassUtils.isPresent(SNAKEYAML, getClass().getClassLoader())) {
			throw missing(place, "the format of the extension 'yaml' needs org.yaml:snakeyaml on the class path");
		}
		if (this == TOML) {
			try {
				new Formats(Formats.detected()).of(Path.of("x.toml"));
			}
			catch (FormatException ex) {
				throw missing(place, ex.problem().summary());
			}
		}
	}

	private static ConfigImportException missing(Place place, String reason) {
		return ConfigImportException.ofLocation(place, "It can't be read: " + reason + ".",
				"Add the library to the build of the application.");
	}

	/**
	 * Reads the property sources of a file.
	 * @param resource the file
	 * @param content its content
	 * @return the sources, one for each document that is not empty, that of the lowest
	 * precedence first
	 * @throws MalformedContentException if it is malformed
	 */
	static List<PropertySource<?>> parse(AtomicFileConfigDataResource resource, byte[] content)
			throws MalformedContentException {
		ConfigText text = new ConfigText(resource.description(), content, decode(content));
		try {
			return of(resource.file(), resource.place()).parse(text);
		}
		catch (MalformedContentException ex) {
			throw ex;
		}
		catch (IOException ex) {
			throw new MalformedContentException("the content is not well-formed", 0, 0);
		}
	}

	abstract List<PropertySource<?>> parse(ConfigText text) throws IOException;

	private static String decode(byte[] content) throws MalformedContentException {
		CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
		CharBuffer text = CharBuffer.allocate(content.length);
		CoderResult result = decoder.decode(ByteBuffer.wrap(content), text, true);
		text.flip();
		if (result.isError()) {
			throw ConfigText.malformed(text, text.length(), "this is not UTF-8");
		}
		return text.toString();
	}

}
