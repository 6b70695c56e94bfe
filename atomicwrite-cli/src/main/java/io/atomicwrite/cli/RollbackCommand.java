package io.atomicwrite.cli;

import java.io.IOException;
import java.util.List;
import java.util.Map;

import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.publication.PublishedVersion;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * Moves the pointer of a publication to a version that was published before.
 */
final class RollbackCommand implements Command {

	private final SafetyOptions safety = new SafetyOptions();

	private final OutputOptions output = new OutputOptions();

	private final PositionalParamSpec directory = Commands.parameter("DIR", "The directory of the versions.");

	private final PositionalParamSpec version = Commands.parameters(1, "VERSION",
			"The version. Default: the one before that which latest names.");

	@Override
	public String name() {
		return "rollback";
	}

	@Override
	public List<String> description() {
		return List.of("Moves latest to a version that was published before, or after.",
				"One step, durably. No version is removed. Prints the name of the version.");
	}

	@Override
	public String synopsis() {
		return "[OPTIONS] DIR [VERSION]";
	}

	@Override
	public List<OptionGroup> groups() {
		return List.of(this.safety, this.output);
	}

	@Override
	public List<PositionalParamSpec> parameters() {
		return List.of(this.directory, this.version);
	}

	@Override
	public Map<String, String> examples() {
		return Map.of("atomic-write rollback dataset", "let readers see the version before");
	}

	@Override
	public int run(Session session) throws IOException {
		String name = Commands.required(this.directory);
		session.about(name);
		List<String> given = this.version.getValue();
		if (given != null && given.size() > 1) {
			throw Failure.usage("", "only one version can be latest");
		}
		WriteOptions options = WriteOptions.engineDefaults().with((changes) -> this.safety.apply(changes));
		try (PublicationDirectory publication = new PublicationDirectory(session, name, options)) {
			PublishedVersion now = publication
				.use((set) -> (given == null || given.isEmpty()) ? set.rollback() : set.rollbackTo(given.get(0)));
			PublicationDirectory.print(session, now);
			return ExitStatus.SUCCESS;
		}
	}

}
