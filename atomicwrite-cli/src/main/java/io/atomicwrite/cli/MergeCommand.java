package io.atomicwrite.cli;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.atomicwrite.format.MalformedContentException;
import io.atomicwrite.fs.FileOps;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Merges a patch into a file.
 */
final class MergeCommand extends EditCommand {

	private final Patch patch = new Patch();

	MergeCommand() {
		super("merge", true);
	}

	@Override
	public List<String> description() {
		return List.of("Merges a patch into a JSON, YAML, TOML or properties file, and keeps the rest of its text.",
				"The patch is a JSON merge patch (RFC 7386) in any of the four formats: maps are merged, null removes, "
						+ "and all else, lists among it, takes the place of what is there.",
				WHOLE);
	}

	@Override
	public String synopsis() {
		return "[OPTIONS] FILE < PATCH";
	}

	@Override
	public Map<String, String> examples() {
		Map<String, String> examples = new LinkedHashMap<>();
		examples.put("echo '{\"server\": {\"port\": 8080, \"debug\": null}}' | atomic-write merge app.yaml",
				"set one value and remove another");
		examples.put("atomic-write merge --create -i patch.yaml app.json",
				"merge a file of another format, and begin the file if there is none");
		return examples;
	}

	@Override
	List<OptionGroup> ownGroups() {
		return List.of(this.patch);
	}

	@Override
	TreeEdit change(DataFormat format) throws IOException {
		return new MergePatch(this.patch.read(format));
	}

	/** Where the patch comes from. */
	private static final class Patch extends OptionGroup {

		private final OptionSpec input = file("FILE",
				"Read the patch from this file instead of standard input, which - names.", "-i", "--input");

		private final OptionSpec format = value("FORMAT",
				"The format of the patch: json, jsonc, yaml, toml or properties. Default: by the extension of the patch; "
						+ "without one JSON, and what is no JSON has the format of FILE.",
				"--patch-format");

		Patch() {
			super("Patch");
		}

		@Nullable Object read(DataFormat ofFile) throws IOException {
			String name = text(this.input);
			String shown = (name != null) ? name : "standard input";
			DataFormat given = EditOptions.given(this.format);
			DataFormat format = (given != null || name == null) ? given : DataFormat.ofFile(name);
			byte[] content;
			try (Input in = (name != null) ? Input.of(FileOps.system(), name) : Input.standard()) {
				content = in.readAtMost(DataFormat.mostBytes());
			}
			if (content.length == 0) {
				throw Failure.of(shown, "No patch provided: the input is empty", "the file is as it was");
			}
			if (format != null) {
				return parsed(format, content, shown);
			}
			try {
				return DataFormat.JSON.grammar().read(content).tree();
			}
			catch (MalformedContentException ex) {
				return parsed(ofFile, content, shown);
			}
		}

		private static @Nullable Object parsed(DataFormat format, byte[] content, String shown) {
			try {
				return format.grammar().read(content).tree();
			}
			catch (MalformedContentException ex) {
				throw Failure.of(shown, "is no valid " + format + ": " + ex.getMessage(),
						"correct the patch, or name its format with --patch-format");
			}
		}

	}

}
