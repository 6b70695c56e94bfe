package io.atomicwrite.spring.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

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
					"atomicwrite.checksum.verify-on-read", "atomicwrite.companions",
					"atomicwrite.config-import.refresh", "atomicwrite.config-import.verify",
					"atomicwrite.config-import.when-corrupt", "atomicwrite.directories", "atomicwrite.documents",
					"atomicwrite.documents.state-directory", "atomicwrite.enabled", "atomicwrite.formatting",
					"atomicwrite.json.mapper", "atomicwrite.housekeeping.backup-age",
					"atomicwrite.housekeeping.enabled", "atomicwrite.housekeeping.interval",
					"atomicwrite.housekeeping.lock-age", "atomicwrite.housekeeping.on-startup",
					"atomicwrite.housekeeping.orphan-age", "atomicwrite.housekeeping.recovery",
					"atomicwrite.housekeeping.recursive", "atomicwrite.lock.file", "atomicwrite.lock.key-prefix",
					"atomicwrite.lock.lease-time", "atomicwrite.lock.max-clock-skew", "atomicwrite.lock.mode",
					"atomicwrite.lock.scope", "atomicwrite.lock.store", "atomicwrite.lock.store-timeout",
					"atomicwrite.lock.timeout", "atomicwrite.look-timeout", "atomicwrite.metadata.attributes",
					"atomicwrite.metadata.mode", "atomicwrite.metadata.owner", "atomicwrite.metadata.report-losses",
					"atomicwrite.metadata-store.document", "atomicwrite.publications", "atomicwrite.require",
					"atomicwrite.safety", "atomicwrite.startup-check", "atomicwrite.startup-timeout",
					"atomicwrite.symlinks", "management.endpoint.atomicwriteconsole.access",
					"management.endpoint.atomicwriteconsole.cache.time-to-live",
					"management.endpoint.atomicwriteconsole.show-values", "management.endpoint.atomicwrite.access",
					"management.endpoint.atomicwrite.cache.time-to-live",
					"management.endpoint.atomicwritepublications.access",
					"management.endpoint.atomicwritepublications.cache.time-to-live",
					"management.health.atomicwrite.cache.time-to-live", "management.health.atomicwrite.enabled",
					"management.health.atomicwrite.free-space", "management.health.atomicwrite.free-inodes",
					"management.health.atomicwrite.lock-age", "atomicwrite.observation.include-file");
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
				case "atomicwrite.lock.scope" -> "host";
				case "atomicwrite.lock.store", "atomicwrite.lock.max-clock-skew" -> "";
				case "atomicwrite.lock.lease-time" -> "30s";
				case "atomicwrite.lock.store-timeout" -> "2s";
				case "atomicwrite.lock.key-prefix" -> "atomicwrite";
				case "atomicwrite.look-timeout" -> "2s";
				case "atomicwrite.startup-timeout" -> "60s";
				case "atomicwrite.metadata.mode" -> "preserve";
				case "atomicwrite.metadata.owner", "atomicwrite.metadata.attributes" -> "try";
				case "atomicwrite.metadata.report-losses" -> "true";
				case "atomicwrite.companions" -> "visible";
				case "atomicwrite.symlinks" -> "follow";
				case "atomicwrite.formatting" -> "minimal";
				case "atomicwrite.json.mapper" -> "own";
				case "atomicwrite.config-import.refresh" -> "auto";
				case "atomicwrite.config-import.verify" -> "if-present";
				case "atomicwrite.config-import.when-corrupt" -> "last-good";
				case "atomicwrite.documents.state-directory", "atomicwrite.metadata-store.document" -> "";
				case "management.health.atomicwrite.cache.time-to-live" -> "10s";
				case "management.health.atomicwrite.free-space" -> "10MB";
				case "management.health.atomicwrite.free-inodes" -> "100";
				case "management.health.atomicwrite.lock-age" -> "1m";
				default -> property.path("defaultValue").asString("");
			};
			assertThat(property.path("defaultValue").asString("")).isEqualTo(expected);
		}
	}

	@Test
	void everyGroupHasADescription() throws IOException {
		assertThat(metadata("/groups")).isNotEmpty()
			.allSatisfy((group) -> assertThat(group.path("description").asString("")).as(group.at("/name").asString())
				.matches("[A-Z].*\\."));
	}

	@Test
	void everyValueOfAnEnumIsExplained() throws IOException {
		List<JsonNode> hints = metadata("/hints");
		assertThat(properties()).filteredOn((property) -> property.at("/type").asString().startsWith("io.atomicwrite"))
			.hasSizeGreaterThan(12)
			.allSatisfy((property) -> assertThat(hints)
				.filteredOn((hint) -> hint.at("/name").equals(property.at("/name")))
				.as(property.at("/name").asString())
				.singleElement()
				.satisfies((hint) -> assertThat(hint.at("/values"))
					.extracting((value) -> value.at("/value").asString().toUpperCase(Locale.ROOT).replace('-', '_'))
					.containsExactlyInAnyOrderElementsOf(constants(property)))
				.satisfies((hint) -> assertThat(hint.at("/values"))
					.allSatisfy((value) -> assertThat(value.at("/description").asString()).endsWith("."))));
	}

	@Test
	void everyDurationSaysWhatANumberIs() throws IOException {
		assertThat(properties()).filteredOn((property) -> property.at("/type").asString().endsWith("Duration"))
			.filteredOn((property) -> property.at("/name").asString().startsWith("atomicwrite."))
			.hasSizeGreaterThan(6)
			.allSatisfy((property) -> assertThat(property.at("/description").asString())
				.endsWith("A number without a unit is in seconds."));
	}

	private static List<String> constants(JsonNode property) {
		try {
			return Stream.of(Class.forName(property.at("/type").asString()).getEnumConstants())
				.map((constant) -> ((Enum<?>) constant).name())
				.toList();
		}
		catch (ClassNotFoundException ex) {
			throw new IllegalStateException(ex);
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
