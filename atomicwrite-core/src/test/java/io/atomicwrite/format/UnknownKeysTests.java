package io.atomicwrite.format;

import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.atomicwrite.format.jackson.JacksonJsonFormat;
import io.atomicwrite.format.jackson.JacksonPropertiesFormat;
import io.atomicwrite.format.jackson.JacksonTomlFormat;
import io.atomicwrite.format.jackson.JacksonYamlFormat;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The keys that a type does not know, and the places of keys.
 */
class UnknownKeysTests {

	private static final EditableFormat JSON = new JacksonJsonFormat();

	static Stream<EditableFormat> formats() {
		return Stream.of(JSON, new JacksonYamlFormat(), new JacksonTomlFormat(), new JacksonPropertiesFormat());
	}

	@Test
	void areFoundWhereverTheyAre() throws IOException {
		String text = """
				{"u0": {"q": 1}, "n": "x",
				 "in": {"a": 1, "u1": 1, "more": [{"u2": {"z": [1]}, "a": 2}]},
				 "list": [{"a": 1}, {"u3": [1, 2], "a": 2}],
				 "map": {"k.1": {"u4": 1, "a": 1}},
				 "bean": {"u5": 1, "x": 1, "in": {"u6": 1, "a": 1}, "beans": [{}, {"u7": true}]},
				 "shape": {"u8": 1, "r": 1, "kind": "c", "u9": 2, "in": {"u10": 1, "a": 3}},
				 "known": {"colour": "x", "opt": null, "skip": 1, "u11": 1},
				 "free": {"anything": {"n": 1}},
				 "u12": 3}
				""";
		assertThat(unknown(text)).containsExactlyInAnyOrder("u0", "in.u1", "in.more.0.u2", "list.1.u3", "map.k.1.u4",
				"bean.u5", "bean.in.u6", "bean.beans.1.u7", "shape.u8", "shape.u9", "shape.in.u10", "known.u11", "u12");
	}

	@Test
	void areFoundWhereTheirNameIsKnownElsewhere() throws IOException {
		String text = """
				{"n": "x", "r": 1, "a": {"a": 1},
				 "in": {"a": 1, "n": 1, "more": [{"a": 1, "r": {"r": 1}}, {"a": 2}]},
				 "list": [{"a": 1, "x": 1}, {"x": 1, "a": 2, "list": []}]}
				""";
		assertThat(unknown(text)).containsExactlyInAnyOrder("r", "a", "in.n", "in.more.0.r", "list.0.x", "list.1.x",
				"list.1.list");
	}

	@Test
	void manyAreFoundAtOnce() throws IOException {
		List<Object> elements = new ArrayList<>();
		for (int i = 0; i < 5000; i++) {
			elements.add(Map.of("a", i, "pet", "cat"));
		}
		assertThat(JSON.unknownKeys(Map.of("n", "x", "list", elements), Outer.class)).hasSize(5000);
	}

	@ParameterizedTest
	@MethodSource("formats")
	void areThoseOfEachFormat(EditableFormat format) throws IOException {
		Map<String, Object> tree = Map.of("n", "x", "list", List.of(Map.of("a", 1, "b", 2)));
		Object read = format.readTree(format.writeTree(tree));
		assertThat(format.unknownKeys(read, Outer.class)).containsExactly(List.of("list", 0, "b"));
		assertThat(format.unknownKeys(read, Map.class)).isEmpty();
		assertThatExceptionOfType(MalformedContentException.class)
			.isThrownBy(() -> format.unknownKeys(Map.of("list", List.of(Map.of("a", "many"))), Outer.class))
			.satisfies((ex) -> assertThat(ex.path()).containsExactly("list", 0, "a"));
	}

	@ParameterizedTest
	@MethodSource("formats")
	void treeThatDoesNotFitHasThePathOfTheValue(EditableFormat format) {
		assertThatExceptionOfType(MalformedContentException.class)
			.isThrownBy(() -> format.fromTree(Map.of("n", "x", "in", Map.of("a", "hunter2")), Outer.class))
			.withMessage("the value of 'in.a' does not fit the type int")
			.satisfies((ex) -> {
				assertThat(ex.path()).containsExactly("in", "a");
				assertThat(ex.reason()).isEqualTo(ex.getMessage());
				assertThat(ex.line()).isZero();
			});
	}

	@ParameterizedTest
	@MethodSource("formats")
	void keysHavePlaces(EditableFormat format) throws IOException {
		Map<String, Object> tree = new LinkedHashMap<>();
		tree.put("first", "x");
		tree.put("in", new LinkedHashMap<>(Map.of("deep", Map.of("key", 7))));
		tree.put("list", List.of(Map.of("a", 1), Map.of("b", 2)));
		byte[] content = format.writeTree(tree);
		String[] lines = new String(content, StandardCharsets.UTF_8).split("\n");
		assertThat(at(lines, format.place(content, List.of("in", "deep", "key")))).contains("key").contains("7");
		assertThat(at(lines, format.place(content, List.of("list", 1, "b")))).contains("b").contains("2");
		assertThat(format.place(content, List.of("in", "deep", "none"))).isPresent()
			.isEqualTo(format.place(content, List.of("in", "deep")));
		assertThat(format.place(content, List.of("none", "deep"))).isEmpty();
		assertThat(format.place(content, List.of())).isEmpty();
		assertThatExceptionOfType(MalformedContentException.class)
			.isThrownBy(() -> format.place("{ = [ \\u12".getBytes(StandardCharsets.UTF_8), List.of("a")));
	}

	private static String at(String[] lines, Optional<EditableFormat.Place> place) {
		EditableFormat.Place found = place.orElseThrow();
		return lines[found.line() - 1].substring(found.column() - 1);
	}

	@Test
	void formatOfOnesOwnFindsThoseThatGoByTheValue() throws IOException {
		EditableFormat format = new Delegating();
		Map<String, Object> tree = Map.of("n", "x", "in", Map.of("a", 1, "u", 1));
		assertThat(format.unknownKeys(tree, Outer.class)).containsExactly(List.of("in", "u"));
		assertThat(format.place(new byte[0], List.of("n"))).isEmpty();
	}

	private static List<String> unknown(String text) throws IOException {
		return JSON.unknownKeys(JSON.readTree(text.getBytes(StandardCharsets.UTF_8)), Outer.class)
			.stream()
			.map((path) -> String.join(".", path.stream().map(String::valueOf).toList()))
			.toList();
	}

	record Inner(int a, @Nullable List<Inner> more) {
	}

	record Outer(String n, @Nullable Inner in, @Nullable List<Inner> list, @Nullable Map<String, Inner> map,
			@Nullable Bean bean, @Nullable Shape shape, @Nullable Known known, @Nullable Map<String, Object> free) {
	}

	static class Bean {

		public int x;

		public @Nullable Inner in;

		public @Nullable List<Bean> beans;

	}

	@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
	@JsonSubTypes(@JsonSubTypes.Type(value = Circle.class, name = "c"))
	sealed interface Shape permits Circle {

	}

	record Circle(int r, @Nullable Inner in) implements Shape {
	}

	@JsonIgnoreProperties("skip")
	record Known(@JsonAlias("colour") String color, @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String opt) {
	}

	/** Has the default methods. */
	static final class Delegating implements EditableFormat {

		@Override
		public java.util.Set<String> extensions() {
			return java.util.Set.of("x");
		}

		@Override
		public byte[] encode(Object value) throws IOException {
			return JSON.encode(value);
		}

		@Override
		public @Nullable Object decode(byte[] content, Type type) throws IOException {
			return JSON.decode(content, type);
		}

		@Override
		public @Nullable Object readTree(byte[] content) throws MalformedContentException {
			return JSON.readTree(content);
		}

		@Override
		public byte[] writeTree(@Nullable Object tree) throws IOException {
			return JSON.writeTree(tree);
		}

		@Override
		public @Nullable Object toTree(Object value) throws IOException {
			return JSON.toTree(value);
		}

		@Override
		public @Nullable Object fromTree(@Nullable Object tree, Type type) throws IOException {
			return JSON.fromTree(tree, type);
		}

		@Override
		public Edit editTree(byte[] content, @Nullable Object tree, Formatting formatting) throws IOException {
			return JSON.editTree(content, tree, formatting);
		}

		@Override
		public Edit edit(byte[] content, Object value, Type type, Formatting formatting) throws IOException {
			return JSON.edit(content, value, type, formatting);
		}

	}

}
