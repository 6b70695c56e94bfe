package io.atomicwrite.spring.actuate.endpoint;

import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON schema of the responses of the endpoint, made from their records, and the part
 * of a validator that it needs.
 */
final class EndpointSchema {

	private static final JsonMapper JSON = JsonMapper.shared();

	private final Map<String, ObjectNode> definitions = new TreeMap<>();

	static ObjectNode of(Class<?>... responses) {
		EndpointSchema schema = new EndpointSchema();
		ObjectNode root = JSON.createObjectNode();
		root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
		root.put("title", "Responses of the actuator endpoint atomicwrite");
		ArrayNode any = root.putArray("anyOf");
		Arrays.stream(responses).forEach((response) -> any.add(schema.type(response)));
		ObjectNode definitions = root.putObject("$defs");
		schema.definitions.forEach(definitions::set);
		return root;
	}

	private ObjectNode type(Type type) {
		ObjectNode node = JSON.createObjectNode();
		if (type instanceof ParameterizedType generic) {
			boolean list = Collection.class.isAssignableFrom((Class<?>) generic.getRawType());
			Type[] arguments = generic.getActualTypeArguments();
			node.put("type", list ? "array" : "object");
			node.set(list ? "items" : "additionalProperties", type(arguments[arguments.length - 1]));
			return node;
		}
		return ofClass((Class<?>) type, node);
	}

	private ObjectNode ofClass(Class<?> type, ObjectNode node) {
		if (type.isRecord()) {
			define(type);
			return node.put("$ref", "#/$defs/" + name(type));
		}
		if (type.isEnum()) {
			ArrayNode constants = node.put("type", "string").putArray("enum");
			Arrays.stream(type.getEnumConstants()).forEach((constant) -> constants.add(constant.toString()));
			return node;
		}
		if (type == Instant.class || type == Duration.class) {
			return node.put("type", "string").put("format", (type == Instant.class) ? "date-time" : "duration");
		}
		return node.put("type", (type == String.class) ? "string"
				: List.of(boolean.class, Boolean.class).contains(type) ? "boolean" : "integer");
	}

	private void define(Class<?> record) {
		if (this.definitions.containsKey(name(record))) {
			return;
		}
		ObjectNode node = JSON.createObjectNode();
		this.definitions.put(name(record), node);
		node.put("type", "object");
		ObjectNode properties = node.putObject("properties");
		ArrayNode required = node.putArray("required");
		for (RecordComponent component : record.getRecordComponents()) {
			String property = name(record, component);
			properties.set(property, type(component.getGenericType()));
			if (!isNullable(component.getAnnotatedType())) {
				required.add(property);
			}
		}
		node.put("additionalProperties", false);
	}

	private static boolean isNullable(AnnotatedType type) {
		return type.isAnnotationPresent(Nullable.class);
	}

	private static String name(Class<?> type) {
		return type.getSimpleName().replaceAll("Descriptor$", "");
	}

	private static String name(Class<?> record, RecordComponent component) {
		try {
			JsonProperty renamed = record.getDeclaredField(component.getName()).getAnnotation(JsonProperty.class);
			return (renamed != null) ? renamed.value() : component.getName();
		}
		catch (NoSuchFieldException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Returns the first violation of the schema, or an empty text. */
	static String violation(JsonNode root, JsonNode schema, JsonNode value, String where) {
		String ref = schema.path("$ref").asString("");
		if (!ref.isEmpty()) {
			return violation(root, root.at(ref.substring(1)), value, where);
		}
		return switch (schema.path("type").asString()) {
			case "object" -> ofObject(root, schema, value, where);
			case "array" -> {
				String found = value.isArray() ? "" : where + " is no array";
				for (JsonNode item : value) {
					found = found.isEmpty() ? violation(root, schema.path("items"), item, where + "[]") : found;
				}
				yield found;
			}
			case "boolean" -> value.isBoolean() ? "" : where + " is no boolean";
			case "integer" -> value.isIntegralNumber() ? "" : where + " is no integer";
			default -> ofString(schema, value, where);
		};
	}

	private static String ofString(JsonNode schema, JsonNode value, String where) {
		if (!value.isString()) {
			return where + " is no string";
		}
		JsonNode constants = schema.path("enum");
		for (JsonNode constant : constants) {
			if (constant.equals(value)) {
				return "";
			}
		}
		return constants.isEmpty() ? "" : where + " is none of " + constants;
	}

	private static String ofObject(JsonNode root, JsonNode schema, JsonNode value, String where) {
		if (!value.isObject()) {
			return where + " is no object";
		}
		for (JsonNode required : schema.path("required")) {
			if (!value.has(required.asString())) {
				return where + " has no " + required.asString();
			}
		}
		for (Map.Entry<String, JsonNode> property : value.properties()) {
			JsonNode known = schema.path("properties").path(property.getKey());
			JsonNode other = schema.path("additionalProperties");
			if (known.isMissingNode() && !other.isObject()) {
				return where + " has the unknown " + property.getKey();
			}
			String found = violation(root, known.isMissingNode() ? other : known, property.getValue(),
					where + "/" + property.getKey());
			if (!found.isEmpty()) {
				return found;
			}
		}
		return "";
	}

}
