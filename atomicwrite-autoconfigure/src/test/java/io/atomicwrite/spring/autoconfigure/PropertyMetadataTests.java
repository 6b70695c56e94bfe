package io.atomicwrite.spring.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

import io.atomicwrite.spring.autoconfigure.AtomicWriteProperties.StartupCheck;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an IDE shows of the properties.
 */
class PropertyMetadataTests {

	private static final String FILE = "META-INF/spring-configuration-metadata.json";

	@Test
	void everyPropertyHasADescriptionInHouseStyle() throws IOException {
		assertThat(properties()).isNotEmpty()
			.allSatisfy((property) -> assertThat(property.path("description").asString())
				.as(property.at("/name").asString())
				.matches("[A-Z].*\\.")
				.doesNotContain("{@", "<"));
	}

	@Test
	void propertiesAreThoseOfTheContract() throws IOException {
		assertThat(properties()).extracting((property) -> property.at("/name").asString())
			.containsExactlyInAnyOrder("atomicwrite.backup.directory", "atomicwrite.backup.enabled",
					"atomicwrite.backup.keep", "atomicwrite.backup.suffix", "atomicwrite.backup.timestamped",
					"atomicwrite.base-directory", "atomicwrite.checksum.algorithm", "atomicwrite.checksum.mode",
					"atomicwrite.checksum.verify-on-read", "atomicwrite.directories", "atomicwrite.enabled",
					"atomicwrite.housekeeping.backup-age", "atomicwrite.housekeeping.enabled",
					"atomicwrite.housekeeping.interval", "atomicwrite.housekeeping.lock-age",
					"atomicwrite.housekeeping.on-startup", "atomicwrite.housekeeping.orphan-age",
					"atomicwrite.housekeeping.recovery", "atomicwrite.housekeeping.recursive", "atomicwrite.lock.file",
					"atomicwrite.lock.mode", "atomicwrite.lock.timeout", "atomicwrite.metadata.attributes",
					"atomicwrite.metadata.mode", "atomicwrite.metadata.owner", "atomicwrite.require",
					"atomicwrite.safety", "atomicwrite.startup-check", "atomicwrite.symlinks",
					"management.endpoint.atomicwrite.access", "management.endpoint.atomicwrite.cache.time-to-live",
					"management.health.atomicwrite.cache.time-to-live", "management.health.atomicwrite.enabled");
	}

	@Test
	void defaultsAreThoseOfTheContract() throws IOException {
		for (JsonNode property : properties()) {
			String expected = switch (property.at("/name").asString()) {
				case "atomicwrite.safety" -> "strict";
				case "atomicwrite.startup-check" -> "inspect";
				case "atomicwrite.checksum.mode" -> "none";
				case "atomicwrite.checksum.algorithm" -> "SHA-256";
				case "atomicwrite.checksum.verify-on-read", "atomicwrite.backup.enabled",
						"atomicwrite.backup.timestamped" ->
					"false";
				case "atomicwrite.backup.suffix" -> ".backup";
				case "atomicwrite.backup.directory", "atomicwrite.backup.keep" -> "";
				case "atomicwrite.housekeeping.enabled", "atomicwrite.housekeeping.on-startup" -> "true";
				case "atomicwrite.housekeeping.interval", "atomicwrite.housekeeping.lock-age" -> "1h";
				case "atomicwrite.housekeeping.orphan-age" -> "1m";
				case "atomicwrite.housekeeping.backup-age" -> "";
				case "atomicwrite.lock.mode" -> "wait";
				case "atomicwrite.lock.timeout" -> "30s";
				case "atomicwrite.lock.file" -> "delete";
				case "atomicwrite.metadata.mode" -> "preserve";
				case "atomicwrite.metadata.owner" -> "ignore";
				case "atomicwrite.metadata.attributes" -> "try";
				case "atomicwrite.symlinks" -> "follow";
				case "management.health.atomicwrite.cache.time-to-live" -> "10s";
				default -> property.path("defaultValue").asString("");
			};
			assertThat(property.path("defaultValue").asString("")).isEqualTo(expected);
		}
	}

	@Test
	void everyValueOfTheStartupCheckIsExplained() throws IOException {
		assertThat(metadata("/hints"))
			.filteredOn((hint) -> hint.at("/name").asString().equals("atomicwrite.startup-check"))
			.singleElement()
			.satisfies((hint) -> assertThat(hint.at("/values"))
				.extracting((value) -> StartupCheck.valueOf(value.at("/value").asString().toUpperCase(Locale.ROOT)))
				.containsExactly(StartupCheck.values()))
			.satisfies((hint) -> assertThat(hint.at("/values"))
				.allSatisfy((value) -> assertThat(value.at("/description").asString()).endsWith(".")));
	}

	private static List<JsonNode> properties() throws IOException {
		return metadata("/properties");
	}

	private static List<JsonNode> metadata(String section) throws IOException {
		for (URL url : Collections.list(PropertyMetadataTests.class.getClassLoader().getResources(FILE))) {
			if (url.toString().contains("atomicwrite-autoconfigure")) {
				try (InputStream file = url.openStream()) {
					List<JsonNode> entries = new ArrayList<>();
					JsonMapper.shared().readTree(file).at(section).forEach(entries::add);
					return entries;
				}
			}
		}
		throw new IOException("no " + FILE);
	}

}
