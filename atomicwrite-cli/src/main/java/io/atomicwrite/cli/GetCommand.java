package io.atomicwrite.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.atomicwrite.format.MalformedContentException;
import io.atomicwrite.format.syntax.Grammar;
import io.atomicwrite.fs.FileOps;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * Prints values.
 */
final class GetCommand implements Command {

	private final Reading reading = new Reading();

	private final OutputOptions output = new OutputOptions();

	private final PositionalParamSpec file = Commands.parameter("FILE",
			"The file to read; - is standard input, whose format --format names.");

	private final PositionalParamSpec paths = Commands.parameters(1, "PATH",
			"What to print. Without one, all that the file holds.");

	@Override
	public String name() {
		return "get";
	}

	@Override
	public List<String> description() {
		return List.of("Prints values of a JSON, YAML, TOML or properties file.",
				"A single value is printed as it is, without quotes; a map or a list in the format of the file, or as JSON "
						+ "where that can't hold it alone. Each begins a new line. With --json, each is JSON in one line.",
				EditCommand.PATHS);
	}

	@Override
	public String synopsis() {
		return "[OPTIONS] FILE [PATH...]";
	}

	@Override
	public List<OptionGroup> groups() {
		return List.of(this.reading, this.output);
	}

	@Override
	public List<PositionalParamSpec> parameters() {
		return List.of(this.file, this.paths);
	}

	@Override
	public Map<String, String> statuses() {
		return Map.of("1", "an error, or there is no value at a path and no --default");
	}

	@Override
	public Map<String, String> examples() {
		Map<String, String> examples = new LinkedHashMap<>();
		examples.put("port=$(atomic-write get --default 80 app.yaml server.port)", "read a value that may be missing");
		examples.put("atomic-write get --json app.toml | jq .", "see a file of any of the formats as JSON");
		return examples;
	}

	@Override
	public int run(Session session) throws IOException {
		String name = Commands.required(this.file);
		session.about(name);
		List<String> given = this.paths.getValue();
		List<ValuePath> all = new ArrayList<>();
		for (String text : (given != null) ? given : List.of(".")) {
			FileName.requireRepresentable(text);
			all.add(ValuePath.parse(text));
		}
		DataFormat format = this.reading.format(name);
		Object tree = tree(name, format);
		StringBuilder text = new StringBuilder();
		for (ValuePath path : all) {
			Located place = Located.find(tree, path, format);
			text.append(place.present() ? text(place.value(), format, session.reporter().isJson())
					: this.reading.instead(path, session.reporter().isJson()) + "\n");
		}
		session.out().print(text);
		return ExitStatus.SUCCESS;
	}

	private @Nullable Object tree(String name, DataFormat format) throws IOException {
		try (Input in = this.reading.open(name)) {
			return (in != null) ? format.grammar().read(in.readAtMost(DataFormat.mostBytes())).tree() : null;
		}
		catch (MalformedContentException ex) {
			throw Failure.of("", "is no valid " + format + ": " + ex.getMessage(),
					"correct it, or name its format with --format");
		}
	}

	private static String text(@Nullable Object value, DataFormat format, boolean json) {
		if (json) {
			return Json.ofTree(value) + "\n";
		}
		if (Located.isScalar(value)) {
			return value + "\n";
		}
		try {
			Grammar grammar = format.grammar();
			return new String(grammar.write(value), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			return Json.ofTree(value) + "\n";
		}
	}

	/** What is read, and how. */
	private static final class Reading extends OptionGroup {

		private final OptionSpec format = EditOptions.format(this);

		private final OptionSpec instead = value("TEXT",
				"Print this for a path that has no value, also where there is no file.", "--default");

		Reading() {
			super("Reading");
		}

		DataFormat format(String file) {
			return EditOptions.format(this.format, file);
		}

		String instead(ValuePath path, boolean json) {
			String text = text(this.instead);
			if (text == null) {
				throw Failure.of("", "there is no value at " + path.text(), "--default prints another");
			}
			return json ? Json.ofTree(NewValue.seen(text)) : text;
		}

		@Nullable Input open(String name) throws IOException {
			if (isGiven(this.instead) && !name.equals("-")) {
				try {
					FileOps.system().canonical(FileName.parse(name));
				}
				catch (NoSuchFileException ex) {
					return null;
				}
			}
			return Input.of(FileOps.system(), name);
		}

	}

}
