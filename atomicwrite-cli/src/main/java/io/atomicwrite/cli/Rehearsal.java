package io.atomicwrite.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.atomicwrite.SafetyPolicy;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.WriteOptions;

/**
 * Does once what the class archive is to make fast: a write that replaces a file, which
 * loads more than a first one, and a change of a value in each format. Run when the
 * archive is built.
 */
final class Rehearsal {

	private static final Map<String, String> FILES = Map.of("json", "{\n  \"a\": {\"b\": 1}\n}\n", "yaml",
			"# c\na:\n  b: 1\n", "toml", "[a]\nb = 1 # c\n", "properties", "a.b=1\n");

	private Rehearsal() {
	}

	/**
	 * Runs the commands.
	 * @param args the directory to write to
	 */
	public static void main(String[] args) throws IOException {
		WriteOptions options = WriteOptions.engineDefaults().toBuilder().safety(SafetyPolicy.BEST_EFFORT).build();
		try (AtomicFileTemplate template = AtomicFileTemplate.create()) {
			template.writeString(Path.of(args[0], "input"), "x", options);
			template.writeString(Path.of(args[0], "written"), "old", options);
			for (Map.Entry<String, String> file : FILES.entrySet()) {
				template.writeString(Path.of(args[0], "written." + file.getKey()), file.getValue(), options);
			}
		}
		run("-i", args[0] + "/input", args[0] + "/written");
		for (String extension : FILES.keySet()) {
			String file = args[0] + "/written." + extension;
			run("set", file, "a.b=2", "a.c=x");
			run("unset", file, "a.c");
			run("get", file, "a.b");
		}
		// what is last in the program
		Runtime.getRuntime().halt(0);
	}

	private static void run(String... words) {
		PrintStream none = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
		List<String> all = new ArrayList<>(List.of(words));
		if (!words[0].equals("get")) {
			all.addAll(words[0].equals("-i") ? 0 : 1, List.of("--safety", "warn"));
		}
		AtomicWrite.run(all.toArray(new String[0]), new Session(new Reporter(none), new Interruption(), none));
	}

}
