package io.atomicwrite.spring.pages;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;

import org.yaml.snakeyaml.Yaml;

import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.core.io.ByteArrayResource;

/**
 * The blocks of configuration: what keys they have, and which of them are not known.
 */
final class ConfigurationBlocks {

	private static final Pattern PROPERTY = Pattern.compile("(?m)^- \\*\\*`([^`]+)`\\*\\* \\(([^):]*)");

	private static final Pattern OURS = Pattern.compile("atomicwrite\\..*|management\\..*atomicwrite.*");

	/** Keys of Spring Boot that name a part of ours as a value or a suffix. */
	private static final Pattern OF_BOOT = Pattern
		.compile("management\\.(endpoint\\.health\\.group|metrics|observations|endpoints|server)\\..*");

	private final List<Pattern> known;

	ConfigurationBlocks() throws IOException {
		// a test holds this page against the metadata
		this.known = PROPERTY.matcher(Files.readString(Path.of("../docs/reference/properties.md")))
			.results()
			.map((match) -> match.group(1).replace(".", "\\.").replace("<name>", "(?:[a-z0-9-]+|\\[[^]]+])")
					+ (match.group(2).matches("levels by.*|Map.*") ? "\\.[a-z-]+" : "(?:\\[\\d+])?"))
			.map(Pattern::compile)
			.toList();
	}

	/** Returns the keys of a block and their values; it must be well-formed. */
	Map<String, String> keys(Block block) throws IOException {
		Properties read = new Properties();
		if (block.isIn("yaml")) {
			new Yaml().loadAll(block.text()).forEach((document) -> {
			});
			YamlPropertiesFactoryBean yaml = new YamlPropertiesFactoryBean();
			yaml.setResources(new ByteArrayResource(block.text().getBytes(StandardCharsets.UTF_8)));
			read.putAll(yaml.getObject());
		}
		else {
			read.load(new StringReader(block.text()));
		}
		Map<String, String> keys = new TreeMap<>();
		read.forEach((key, value) -> keys.put(key.toString(), value.toString()));
		return keys;
	}

	/** Returns the keys that should be ours, and are not known. */
	List<String> unknown(Map<String, String> keys) {
		return keys.keySet()
			.stream()
			.filter((key) -> OURS.matcher(key).matches() && !OF_BOOT.matcher(key).matches())
			.filter((key) -> this.known.stream().noneMatch((one) -> one.matcher(key).matches()))
			.toList();
	}

}
