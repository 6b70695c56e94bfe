package io.atomicwrite.spring.autoconfigure;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;

/**
 * {@link RuntimeHintsRegistrar} for what the engine finds by name: the formats, their
 * libraries, Jakarta Validation, and the class of the process that tries a lock. Values
 * of documents are types of the application, which registers them itself.
 */
class EngineRuntimeHints implements RuntimeHintsRegistrar {

	private static final List<String> FORMATS = List.of("io.atomicwrite.format.jackson.JacksonJsonFormat",
			"io.atomicwrite.format.jackson.JacksonYamlFormat", "io.atomicwrite.format.jackson.JacksonTomlFormat",
			"io.atomicwrite.format.jackson.JacksonPropertiesFormat");

	private static final List<String> LIBRARIES = List.of("tools.jackson.databind.json.JsonMapper",
			"tools.jackson.dataformat.toml.TomlMapper", "org.snakeyaml.engine.v2.api.LoadSettings",
			"jakarta.validation.Validation");

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		FORMATS.forEach((format) -> hints.reflection()
			.registerTypeIfPresent(classLoader, format, MemberCategory.INVOKE_PUBLIC_CONSTRUCTORS));
		LIBRARIES.forEach((library) -> hints.reflection().registerTypeIfPresent(classLoader, library));
		hints.resources()
			.registerPattern("META-INF/services/io.atomicwrite.format.Format")
			.registerPattern("io/atomicwrite/fs/LockPeer.class");
	}

}
