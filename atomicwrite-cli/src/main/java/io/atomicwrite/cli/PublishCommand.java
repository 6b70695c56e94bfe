package io.atomicwrite.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.FileStat;
import io.atomicwrite.manifest.Stamp;
import io.atomicwrite.publication.PointerKind;
import io.atomicwrite.publication.PublishOptions;
import io.atomicwrite.publication.PublishedVersion;
import io.atomicwrite.publication.VersionWriter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * Publishes files as a version that readers see whole.
 */
final class PublishCommand implements Command {

	private final Content content = new Content();

	private final RetentionOptions retention = new RetentionOptions();

	private final SafetyOptions safety = new SafetyOptions();

	private final OutputOptions output = new OutputOptions();

	private final PositionalParamSpec directory = Commands.parameter("DIR", "The directory of the versions.");

	private final PositionalParamSpec files = Commands.parameters(1, "FILE",
			"What to publish: a file under its last name, a directory with all that is in it, "
					+ "or - for names on standard input, one a line.");

	@Override
	public String name() {
		return "publish";
	}

	@Override
	public List<String> description() {
		return List.of("Publishes files as a version that readers see whole.",
				"The files are copied into a new directory in DIR, synced and listed in manifest.json and SHA256SUMS; "
						+ "then one step moves DIR/latest to it. Whatever fails before that, latest stays as it is. "
						+ "Prints the name of the version.");
	}

	@Override
	public String synopsis() {
		return "[OPTIONS] DIR FILE...";
	}

	@Override
	public List<OptionGroup> groups() {
		return List.of(this.content, this.retention, this.safety, this.output);
	}

	@Override
	public List<PositionalParamSpec> parameters() {
		return List.of(this.directory, this.files);
	}

	@Override
	public Map<String, String> examples() {
		Map<String, String> examples = new LinkedHashMap<>();
		examples.put("atomic-write publish --keep 7 dataset part-0.csv part-1.csv",
				"publish two files, and keep seven versions");
		examples.put("ls part-*.csv | atomic-write publish --run-id nightly-42 dataset -", "publish what a list names");
		return examples;
	}

	@Override
	public int run(Session session) throws IOException {
		String name = Commands.required(this.directory);
		session.about(name);
		Map<Path, String> found = found(names());
		WriteOptions options = WriteOptions.engineDefaults().with((changes) -> this.safety.apply(changes));
		PublishOptions how = this.content.options(this.retention);
		try (PublicationDirectory publication = new PublicationDirectory(session, name, options)) {
			PublishedVersion version = publication.use((set) -> set.publish((out) -> add(out, found), how));
			PublicationDirectory.print(session, version);
			return ExitStatus.SUCCESS;
		}
	}

	private List<String> names() throws IOException {
		List<String> given = this.files.getValue();
		if (given == null || given.isEmpty()) {
			throw Failure.usage("", "Missing argument: FILE");
		}
		if (!given.contains("-")) {
			return given;
		}
		try (Input input = Input.standard()) {
			Stream<String> read = new String(input.readAll(), StandardCharsets.UTF_8).lines()
				.filter((line) -> !line.isEmpty());
			return Stream.concat(given.stream().filter((word) -> !word.equals("-")), read).toList();
		}
	}

	/** What can't be found is refused before anything is published. */
	private static Map<Path, String> found(List<String> named) throws IOException {
		Map<Path, String> found = new LinkedHashMap<>();
		for (String name : named) {
			Path typed = FileName.directory(name);
			Path last = typed.toAbsolutePath().normalize().getFileName();
			found.put(FileOps.system().canonical(typed), (last != null) ? last.toString() : "");
		}
		return found;
	}

	private void add(VersionWriter out, Map<Path, String> found) throws IOException {
		for (Map.Entry<Path, String> each : found.entrySet()) {
			if (FileOps.system().kind(each.getKey()) == FileStat.Kind.DIRECTORY) {
				out.tree(each.getKey());
			}
			else if (this.content.reuses()) {
				out.copyOrReuse(each.getValue(), each.getKey());
			}
			else {
				out.copy(each.getValue(), each.getKey());
			}
		}
	}

	/** What the version is. */
	private static final class Content extends OptionGroup {

		private final OptionSpec version = value("NAME", "The name of the version. Default: the time in UTC.",
				"--name");

		private final OptionSpec run = value("TEXT", "What made the content, for manifest.json.", "--run-id");

		private final OptionSpec source = value("TEXT", "What the content was made from, for manifest.json.",
				"--stamp-source");

		private final OptionSpec pointer = value("KIND",
				"How latest names the version: link (default), a symbolic link, or file, a file with its name. "
						+ "The command does not keep a plain directory there.",
				"--pointer");

		private final OptionSpec reuse = flag("Give a file that has not changed since the version before one more "
				+ "name (a hard link), instead of copying it.", "--reuse");

		Content() {
			super("Publishing");
		}

		boolean reuses() {
			return isSet(this.reuse);
		}

		PublishOptions options(RetentionOptions retention) {
			PublishOptions options = PublishOptions.defaults().withStamp(stamp());
			String name = text(this.version);
			if (name != null) {
				options = options.withVersion(name);
			}
			String kind = text(this.pointer);
			if (kind != null) {
				options = options.withPointer(word(this.pointer, kind, PointerKind.class));
			}
			return retention.retention().map(options::withRetention).orElse(options);
		}

		private Stamp stamp() {
			try {
				String made = text(this.run);
				Stamp stamp = (made != null) ? Stamp.ofRun(made) : Stamp.empty();
				String from = text(this.source);
				return (from != null) ? stamp.withSource(from) : stamp;
			}
			catch (IllegalArgumentException ex) {
				throw Failure.usage("", String.valueOf(ex.getMessage()));
			}
		}

	}

}
