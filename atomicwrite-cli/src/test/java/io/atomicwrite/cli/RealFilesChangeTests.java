package io.atomicwrite.cli;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.atomicwrite.format.MalformedContentException;
import io.atomicwrite.test.RealFiles;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The files of the programs on this machine: {@code set} of one value changes one line.
 * With too few files it fails rather than shows nothing. The lane {@code formats} of
 * {@code .ci/run} adds files of more packages.
 */
@Tag("slow")
class RealFilesChangeTests {

	private static final int MOST_OF_A_FORMAT = 120;

	private static final String NO_VALUE = "no value";

	private static final Map<DataFormat, Integer> FEWEST = Map.of(DataFormat.YAML, 80, DataFormat.TOML, 10,
			DataFormat.JSON, 80, DataFormat.PROPERTIES, 20);

	@TempDir
	private Path directory;

	@ParameterizedTest
	@EnumSource(names = "JSONC", mode = EnumSource.Mode.EXCLUDE)
	void oneValueChangesOneLine(DataFormat format) throws Exception {
		String extension = "." + format.name().toLowerCase(java.util.Locale.ROOT);
		List<Path> files = RealFiles.find((format == DataFormat.YAML) ? List.of(extension, ".yml") : List.of(extension),
				MOST_OF_A_FORMAT);
		assertThat(files).as("files of the format " + format + " on this machine")
			.hasSizeGreaterThanOrEqualTo(FEWEST.get(format));
		Map<String, Integer> leftOut = new TreeMap<>();
		int changed = 0;
		for (Path file : files) {
			String reason = changed(format, Files.readAllBytes(file), extension, file);
			if (reason.isEmpty()) {
				changed++;
			}
			else {
				leftOut.merge(reason, 1, Integer::sum);
			}
		}
		System.out.println("set " + format + ": " + files.size() + " files, one value changed in " + changed
				+ ", left out " + leftOut);
		int withValues = files.size() - leftOut.getOrDefault(NO_VALUE, 0);
		assertThat(100 * changed).as(() -> "left out " + leftOut).isGreaterThanOrEqualTo(90 * withValues);
	}

	/** Why no value of a file was changed, or nothing. */
	private String changed(DataFormat format, byte[] content, String extension, Path file) throws IOException {
		Object tree;
		try {
			tree = format.grammar().read(content).tree();
		}
		catch (MalformedContentException ex) {
			return "malformed: " + RealFiles.reason(ex);
		}
		List<Leaf> leaves = new ArrayList<>();
		collect("", tree, leaves);
		if (leaves.isEmpty()) {
			return NO_VALUE;
		}
		Leaf leaf = leaves.get(leaves.size() / 2);
		Path copy = Files.write(this.directory.resolve("f" + extension), content);
		InProcess run = InProcess.run("set", "--formatting", "require-minimal", copy.toString(),
				leaf.path + "=" + leaf.other());
		if (run.err().contains("stands there only by")) {
			return "by reference";
		}
		assertThat(run.status()).as(file + " " + leaf.path + ": " + run.err()).isZero();
		assertThat(RealFiles.differing(content, Files.readAllBytes(copy))).as(file + " " + leaf.path).hasSize(1);
		assertThat(InProcess.run("get", copy.toString(), leaf.path).succeeds().out()).as(file + " " + leaf.path)
			.isEqualTo(leaf.other() + "\n");
		return "";
	}

	private static void collect(String path, @Nullable Object tree, List<Leaf> leaves) {
		if (tree instanceof Map<?, ?> map) {
			map.forEach(
					(key, value) -> collect(
							path + (path.isEmpty() ? "" : ".") + "\""
									+ key.toString().replace("\\", "\\\\").replace("\"", "\\\"") + "\"",
							value, leaves));
		}
		else if (tree instanceof List<?> list) {
			for (int i = 0; i < list.size(); i++) {
				collect(path + "[" + i + "]", list.get(i), leaves);
			}
		}
		else if (tree != null && !path.isEmpty() && !(tree instanceof Double)
				&& !(tree instanceof String text && text.indexOf('\n') >= 0)) {
			leaves.add(new Leaf(path, tree));
		}
	}

	/** A value, and where it is. */
	private record Leaf(String path, Object value) {

		String other() {
			if (this.value instanceof BigInteger number) {
				return number.add(BigInteger.ONE).toString();
			}
			if (this.value instanceof Number) {
				return "7.25";
			}
			return (this.value instanceof Boolean truth) ? String.valueOf(!truth) : "changed";
		}

	}

}
