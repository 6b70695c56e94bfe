package io.atomicwrite.spring.config;

import java.math.BigInteger;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.atomicwrite.format.MalformedContentException;
import io.atomicwrite.format.syntax.Grammar;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.boot.origin.OriginTrackedValue;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.Resource;

/**
 * A file of JSON or TOML, whose keys become those of properties as Spring Boot does it
 * with YAML.
 */
final class TreeConfigFile {

	private TreeConfigFile() {
	}

	static List<PropertySource<?>> parse(ConfigText text, Grammar.Parsed parsed) throws MalformedContentException {
		if (!(parsed.tree() instanceof Map)) {
			throw parsed.malformed(List.of(), "keys and values are expected here, not a list or a single value");
		}
		Resource resource = text.resource();
		Map<String, Object> properties = new LinkedHashMap<>();
		for (Grammar.Leaf leaf : parsed.leaves()) {
			// a map that is empty has no key that could be one of a property
			if (!(leaf.value() instanceof Map)) {
				TextResourceOrigin.Location location = new TextResourceOrigin.Location(leaf.line() - 1,
						leaf.column() - 1);
				properties.put(key(leaf.path()),
						OriginTrackedValue.of(value(leaf.value()), new TextResourceOrigin(resource, location)));
			}
		}
		return properties.isEmpty() ? List.of() : List
			.of(new OriginTrackedMapPropertySource(text.name(), Collections.unmodifiableMap(properties), true));
	}

	private static String key(List<Object> path) {
		StringBuilder key = new StringBuilder();
		for (Object step : path) {
			String name = String.valueOf(step);
			if (step instanceof Integer) {
				key.append('[').append(name).append(']');
			}
			else {
				key.append((key.isEmpty() || name.startsWith("[")) ? "" : ".").append(name);
			}
		}
		return key.toString();
	}

	private static Object value(@Nullable Object value) {
		if (value instanceof BigInteger number && number.bitLength() < Long.SIZE) {
			return (number.bitLength() < Integer.SIZE) ? (Object) number.intValue() : (Object) number.longValue();
		}
		return (value == null || value instanceof List) ? "" : value;
	}

}
