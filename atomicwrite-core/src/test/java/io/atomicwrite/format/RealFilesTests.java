package io.atomicwrite.format;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.atomicwrite.format.jackson.JacksonJsonFormat;
import io.atomicwrite.format.jackson.JacksonPropertiesFormat;
import io.atomicwrite.format.jackson.JacksonTomlFormat;
import io.atomicwrite.format.jackson.JacksonYamlFormat;
import io.atomicwrite.format.syntax.Trees;
import io.atomicwrite.test.RealFiles;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The files of the programs on this machine: unchanged values give unchanged bytes, and
 * one changed value changes one line. With too few files it fails rather than shows
 * nothing. The lane {@code formats} of {@code .ci/run} adds files of more packages.
 */
@Tag("slow")
class RealFilesTests {

	private static final int MOST_OF_A_FORMAT = 400;

	/** The share of files, in percent, that a format may refuse or not edit minimally. */
	private static final Map<String, Integer> MOST_LEFT_OUT = Map.of("yaml", 12, "toml", 5, "json", 10, "properties",
			10);

	private static final Map<String, Integer> FEWEST = Map.of("yaml", 100, "toml", 10, "json", 100, "properties", 20);

	@Test
	void yaml() throws IOException {
		check("yaml", new JacksonYamlFormat(), List.of(".yaml", ".yml"));
	}

	@Test
	void toml() throws IOException {
		check("toml", new JacksonTomlFormat(), List.of(".toml"));
	}

	@Test
	void json() throws IOException {
		check("json", new JacksonJsonFormat(), List.of(".json"));
	}

	@Test
	void properties() throws IOException {
		check("properties", new JacksonPropertiesFormat(), List.of(".properties"));
	}

	private static void check(String name, EditableFormat format, List<String> suffixes) throws IOException {
		List<Path> files = RealFiles.find(suffixes, MOST_OF_A_FORMAT);
		assertThat(files).as("files of the format " + name + " on this machine")
			.hasSizeGreaterThanOrEqualTo(FEWEST.get(name));
		Map<String, Integer> leftOut = new TreeMap<>();
		int edited = 0;
		for (Path file : files) {
			byte[] content = Files.readAllBytes(file);
			String reason = unedited(format, content, file);
			if (reason.isEmpty()) {
				edited++;
			}
			else {
				leftOut.merge(reason, 1, Integer::sum);
			}
		}
		System.out
			.println(name + ": " + files.size() + " files, one value changed in " + edited + ", left out " + leftOut);
		int all = leftOut.values().stream().mapToInt(Integer::intValue).sum();
		assertThat(100 * all).as(() -> name + ": left out " + leftOut)
			.isLessThanOrEqualTo(MOST_LEFT_OUT.get(name) * files.size());
	}

	/** Why a file was not edited, or nothing. */
	private static String unedited(EditableFormat format, byte[] content, Path file) throws IOException {
		Object tree;
		try {
			tree = format.readTree(content);
		}
		catch (MalformedContentException ex) {
			return RealFiles.reason(ex);
		}
		assertThat(format.editTree(content, tree, Formatting.REQUIRE_MINIMAL).content()).as(file.toString())
			.isEqualTo(content);
		Object copy = Trees.canonical(tree);
		int[] which = { scalars(copy) / 2 };
		if (which[0] == 0 && scalars(copy) == 0) {
			return "";
		}
		Object wanted = change(copy, which);
		Edit edit;
		try {
			edit = format.editTree(content, wanted, Formatting.REQUIRE_MINIMAL);
		}
		catch (NotMinimalException ex) {
			return "the value is there by reference";
		}
		assertThat(Trees.equal(format.readTree(edit.content()), wanted)).as(file.toString()).isTrue();
		List<String> lines = RealFiles.differing(content, edit.content());
		assertThat(lines).as(file + ": lines that differ").hasSizeLessThanOrEqualTo(1);
		return "";
	}

	private static int scalars(@Nullable Object tree) {
		if (tree instanceof Map<?, ?> map) {
			return map.values().stream().mapToInt(RealFilesTests::scalars).sum();
		}
		return (tree instanceof List<?> list) ? list.stream().mapToInt(RealFilesTests::scalars).sum() : 1;
	}

	private static @Nullable Object change(@Nullable Object tree, int[] which) {
		if (tree instanceof Map<?, ?> map) {
			Map<Object, @Nullable Object> changed = new LinkedHashMap<>();
			map.forEach((key, value) -> changed.put(key, change(value, which)));
			return changed;
		}
		if (tree instanceof List<?> list) {
			List<@Nullable Object> changed = new ArrayList<>();
			list.forEach((value) -> changed.add(change(value, which)));
			return changed;
		}
		if (which[0]-- != 0) {
			return tree;
		}
		if (tree instanceof BigInteger number) {
			return number.add(BigInteger.ONE);
		}
		// a block keeps its last line end
		return (tree instanceof String text && text.endsWith("\n")) ? "changed\n" : "changed";
	}

}
