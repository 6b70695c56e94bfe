package io.atomicwrite.spring.pages;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.atomicwrite.Guarantee;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code docs/reference/properties.md} as the metadata of the properties say it.
 */
final class PropertiesPage {

	private static final String METADATA = "META-INF/spring-configuration-metadata.json";

	private static final String SOURCES = "META-INF/spring/configuration-metadata/";

	private static final Pattern DEFAULT = Pattern.compile(" ?Default: ([^ ]+)\\.$");

	private static final int WIDTH = 160;

	private static final String HEAD = """
			# Properties

			All properties of the starter, with their types, defaults and values. An IDE shows the same, from the same metadata: a test compares this page with them,
			and `mvn -pl atomicwrite-autoconfigure -am test -Dtest=PropertiesPageTests -Dsurefire.failIfNoSpecifiedTests=false -Dpages.write=true` writes it anew.

			- **Spelling**: as everywhere in Spring Boot. `atomicwrite.lock.timeout` is `ATOMICWRITE_LOCK_TIMEOUT` as an environment variable; a dash has no place in
			  one, so `require-mount` is `REQUIREMOUNT`.
			- **Durations** have a unit: `500ms`, `30s`, `1h`, `7d`. A number without one is in seconds, and in milliseconds for `quiet-period` and, as Spring Boot
			  takes it, for `management.*`.
			- **Misspelled keys** of a managed directory, a document or a publication, such as `atomicwrite.directories.data.pth`, end the start with the likely name.
			  Spring Boot ignores others.
			- **Names** of directories, documents and publications are yours. One with a dot or an upper-case letter goes in brackets:
			  `atomicwrite.directories.[my.data].path`.
			""";

	private final JsonNode metadata;

	private final StringBuilder page = new StringBuilder(HEAD);

	private PropertiesPage(JsonNode metadata) {
		this.metadata = metadata;
	}

	/** Returns the page. */
	static String generated() throws IOException {
		PropertiesPage page = new PropertiesPage(read(METADATA));
		page.write();
		return page.page.toString();
	}

	private void write() throws IOException {
		Map<String, List<JsonNode>> byGroup = new TreeMap<>();
		Map<String, String> groups = groups();
		for (JsonNode property : this.metadata.at("/properties")) {
			byGroup.computeIfAbsent(groupOf(name(property), groups), (key) -> new ArrayList<>()).add(property);
		}
		for (String group : sorted(byGroup.keySet())) {
			heading(group, groups.getOrDefault(group, ""));
			for (JsonNode property : byGroup.get(group)) {
				if (!isNamed(property)) {
					property(name(property), property);
				}
			}
			if (group.equals("atomicwrite")) {
				named("atomicwrite.directories");
				named("atomicwrite.documents");
				named("atomicwrite.publications");
			}
		}
	}

	private void named(String name) throws IOException {
		for (JsonNode property : this.metadata.at("/properties")) {
			if (name(property).equals(name)) {
				heading(name + ".<name>", property.at("/description").asString());
				String type = property.at("/type").asString().replaceAll(".*,|>$", "");
				for (JsonNode one : read(SOURCES + type + ".json").at("/properties")) {
					property(name + ".<name>." + name(one), one);
				}
			}
		}
		for (JsonNode property : this.metadata.at("/properties")) {
			if (name(property).startsWith(name + ".")) {
				property(name(property), property);
			}
		}
	}

	private static boolean isNamed(JsonNode property) {
		return name(property).matches("atomicwrite\\.(directories|documents|publications)(\\..*)?");
	}

	private Map<String, String> groups() {
		Map<String, String> groups = new TreeMap<>();
		for (JsonNode group : this.metadata.at("/groups")) {
			groups.put(name(group), group.at("/description").asString(""));
		}
		return groups;
	}

	private static String groupOf(String property, Map<String, String> groups) {
		return groups.keySet()
			.stream()
			.filter((group) -> property.startsWith(group + ".") && !group.endsWith(".cache"))
			.max(Comparator.comparingInt(String::length))
			.orElseThrow(() -> new IllegalStateException(property + " is in no group"));
	}

	private static List<String> sorted(Set<String> groups) {
		return groups.stream()
			.sorted(Comparator.comparing((String group) -> group.startsWith("management"))
				.thenComparing(Comparator.naturalOrder()))
			.toList();
	}

	private void heading(String name, String description) {
		this.page.append("\n## `").append(name).append("`\n\n");
		wrapped(description, "");
		this.page.append('\n');
	}

	private void property(String name, JsonNode property) {
		String description = property.at("/description").asString();
		String given = value(property.at("/defaultValue"));
		Matcher inText = DEFAULT.matcher(description);
		if (inText.find()) {
			given = inText.group(1);
			description = description.substring(0, inText.start());
		}
		String type = property.at("/type").asString();
		String facts = type(type) + (given.isEmpty() ? "" : ", default `" + given + "`");
		wrapped("- **`" + name + "`** (" + facts + "): " + description, "  ");
		values(name, type);
	}

	private static String value(JsonNode value) {
		return value.isMissingNode() || value.isNull() ? "" : value.isString() ? value.asString() : value.toString();
	}

	private void values(String name, String type) {
		List<String> described = new ArrayList<>();
		for (JsonNode hint : this.metadata.at("/hints")) {
			if (name(hint).equals(name) || name(hint).equals(name + ".keys")) {
				for (JsonNode value : hint.at("/values")) {
					String text = value.at("/description").asString("");
					described.add("`" + value.at("/value").asString() + "`" + (text.isEmpty() ? "" : ": " + text));
				}
			}
		}
		if (described.stream().anyMatch((value) -> value.contains(": "))) {
			described.forEach((value) -> wrapped("  - " + value, "    "));
		}
		else if (!described.isEmpty()) {
			wrapped("  Values: " + String.join(", ", described) + ".", "  ");
		}
		else if (type.startsWith("io.atomicwrite") || type.endsWith("Access")) {
			wrapped("  Values: " + String.join(", ", constants(type)) + ".", "  ");
		}
	}

	private static List<String> constants(String type) {
		try {
			return Stream.of(Class.forName(type).getEnumConstants()).map((value) -> "`" + dashed(value) + "`").toList();
		}
		catch (ClassNotFoundException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String dashed(Object constant) {
		return constant.toString().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	private static String type(String type) {
		if (type.startsWith("java.util.Map<" + Guarantee.class.getName())) {
			return "levels by guarantee";
		}
		return type.startsWith("io.atomicwrite") || type.endsWith("Access") ? "one of the values"
				: type.substring(type.lastIndexOf('.') + 1);
	}

	private void wrapped(String text, String indent) {
		String line = "";
		String rest = text;
		List<String> lines = new ArrayList<>();
		String lead = rest.replaceAll("\\S.*", "");
		for (String word : rest.strip().split(" ")) {
			String longer = line.isEmpty() ? lead + word : line + " " + word;
			if (longer.length() > WIDTH) {
				lines.add(line);
				longer = indent + word;
			}
			line = longer;
		}
		lines.add(line);
		this.page.append(lines.stream().collect(Collectors.joining("\n", "", "\n")));
	}

	private static String name(JsonNode entry) {
		return entry.at("/name").asString();
	}

	/** Of all files of that name on the class path, the one that has our properties. */
	private static JsonNode read(String file) throws IOException {
		for (URL url : Collections.list(PropertiesPage.class.getClassLoader().getResources(file))) {
			try (InputStream in = url.openStream()) {
				JsonNode read = JsonMapper.shared().readTree(in);
				if (!file.equals(METADATA) || read.at("/groups/0/name").asString("").startsWith("atomicwrite")) {
					return read;
				}
			}
		}
		throw new IOException("no " + file);
	}

}
