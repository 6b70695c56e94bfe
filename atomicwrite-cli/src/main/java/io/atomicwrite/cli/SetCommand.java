package io.atomicwrite.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.atomicwrite.fs.FileOps;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * Sets values.
 */
final class SetCommand extends EditCommand {

	private static final String FORM = "PATH=VALUE";

	private static final String FILE_FORM = "PATH=FILE";

	private final Types types = new Types();

	private final PositionalParamSpec assignments = Commands.parameters(1, FORM,
			"What to set. A value keeps the type of the one whose place it takes, and a new one has the type that it "
					+ "looks like: a number, true, false, else a text.");

	SetCommand() {
		super("set", true);
	}

	@Override
	public List<String> description() {
		return List.of("Sets values in a JSON, YAML, TOML or properties file, and keeps the rest of its text.", WHOLE,
				PATHS + " hosts[+] adds an element. Maps and lists that are missing on the way come into being.");
	}

	@Override
	public String synopsis() {
		return "[OPTIONS] FILE PATH=VALUE...";
	}

	@Override
	public Map<String, String> examples() {
		Map<String, String> examples = new LinkedHashMap<>();
		examples.put("atomic-write set app.yaml server.port=8080 'hosts[0]=db1'", "change two values in one step");
		examples.put("atomic-write set --diff --dry-run app.yaml server.port=8080", "see what that would change");
		examples.put("atomic-write set app.json --json-values 'hosts=[\"db1\", \"db2\"]'", "set a list");
		examples.put("pass db | atomic-write set app.yaml --value-file db.password=-",
				"set a secret that no list of processes shows");
		return examples;
	}

	@Override
	List<OptionGroup> ownGroups() {
		return List.of(this.types);
	}

	@Override
	List<PositionalParamSpec> ownParameters() {
		return List.of(this.assignments);
	}

	@Override
	TreeEdit change(DataFormat format) throws IOException {
		List<Assignment> all = new ArrayList<>();
		List<String> given = this.assignments.getValue();
		for (String text : (given != null) ? given : List.<String>of()) {
			all.add(Assignment.parse(text, FORM));
		}
		this.types.addFiles(all);
		if (all.isEmpty()) {
			throw Failure.usage("", "Missing argument: " + FORM);
		}
		NewValue type = this.types.chosen();
		for (Assignment assignment : all) {
			if (assignment.path().steps().isEmpty()) {
				throw Failure.usage("", "the path . names the whole file: write that as atomic-write FILE does");
			}
		}
		return (tree) -> changes(tree, all, type, format);
	}

	private static List<TreeChange> changes(@Nullable Object tree, List<Assignment> all, NewValue type,
			DataFormat format) {
		List<TreeChange> changes = new ArrayList<>();
		Object now = tree;
		for (Assignment assignment : all) {
			Located place = Located.toPut(now, assignment.path(), format);
			TreeChange change = TreeChange.put(place.path(), type.of(assignment, place, format));
			now = change.apply(now);
			changes.add(change);
		}
		return changes;
	}

	/** What the values are, and where they come from. */
	private static final class Types extends OptionGroup {

		private final OptionSpec string = flag("The values are texts, whatever they look like.", "--string");

		private final OptionSpec json = flag(
				"The values are JSON: also null, lists and maps, and texts in double quotes.", "--json-values");

		private final OptionSpec files = values(FILE_FORM,
				"Set the value at PATH to what FILE holds, without a line end at its end; - names standard input. For "
						+ "secrets, which an argument shows to everyone on the machine.",
				"--value-file");

		Types() {
			super("Values");
		}

		NewValue chosen() {
			atMostOne(this.string, this.json);
			return isSet(this.string) ? NewValue.TEXT : isSet(this.json) ? NewValue.JSON : NewValue.KEPT;
		}

		void addFiles(List<Assignment> all) throws IOException {
			List<String> given = this.files.getValue();
			for (String text : (given != null) ? given : List.<String>of()) {
				Assignment source = Assignment.parse(text, FILE_FORM);
				try (Input in = Input.of(FileOps.system(), source.value())) {
					all.add(new Assignment(source.path(), text(source.value(), in.readAtMost(DataFormat.mostBytes()))));
				}
			}
		}

		private static String text(String name, byte[] content) {
			try {
				String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
				int end = text.endsWith("\r\n") ? 2 : text.endsWith("\n") ? 1 : 0;
				return text.substring(0, text.length() - end);
			}
			catch (CharacterCodingException ex) {
				throw Failure.of(name, "is not UTF-8, and so can't be a value", null);
			}
		}

	}

}
