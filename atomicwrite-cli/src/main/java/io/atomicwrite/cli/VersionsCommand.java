package io.atomicwrite.cli;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.publication.Publication;
import io.atomicwrite.publication.PublishedVersion;
import io.atomicwrite.publication.Retention;
import io.atomicwrite.publication.VersionReport;
import io.atomicwrite.publication.VersionSweepReport;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * Lists the versions of a publication, verifies them, or removes old ones.
 */
final class VersionsCommand implements Command {

	private final Job job = new Job();

	private final RetentionOptions retention = new RetentionOptions();

	private final OutputOptions output = new OutputOptions();

	private final PositionalParamSpec directory = Commands.parameter("DIR",
			"The directory of the versions. Default: the current one.");

	@Override
	public String name() {
		return "versions";
	}

	@Override
	public List<String> description() {
		return List.of("Lists the versions of a publication, the oldest first.",
				"With --keep, removes old versions, and those that were never finished and whose writer is gone.");
	}

	@Override
	public String synopsis() {
		return "[OPTIONS] [DIR]";
	}

	@Override
	public List<OptionGroup> groups() {
		return List.of(this.job, this.retention, this.output);
	}

	@Override
	public List<PositionalParamSpec> parameters() {
		return List.of(this.directory);
	}

	@Override
	public Map<String, String> statuses() {
		return Map.of("1", "a version differs from its manifest, or an error");
	}

	@Override
	public Map<String, String> examples() {
		Map<String, String> examples = new LinkedHashMap<>();
		examples.put("atomic-write versions --verify dataset", "compare each file of each version with its manifest");
		examples.put("atomic-write versions --keep 7 --older-than 1d dataset", "remove old versions");
		return examples;
	}

	@Override
	public int run(Session session) throws IOException {
		session.about(Commands.orHere(this.directory));
		try (PublicationDirectory publication = new PublicationDirectory(session, session.subject(),
				WriteOptions.engineDefaults())) {
			return publication.use((set) -> run(session, set));
		}
	}

	private int run(Session session, Publication set) {
		this.retention.retention().ifPresent((kept) -> sweep(session, set, kept));
		int status = ExitStatus.SUCCESS;
		for (PublishedVersion version : set.list()) {
			List<String> problems = this.job.verifies() ? verify(set, version).problems() : List.of();
			print(session, version, problems);
			if (!problems.isEmpty()) {
				status = ExitStatus.ERROR;
			}
		}
		return status;
	}

	private static VersionReport verify(Publication set, PublishedVersion version) {
		return set.verify(version.name());
	}

	private static void sweep(Session session, Publication set, Retention retention) {
		VersionSweepReport report = set.sweep(retention);
		Map<String, Object> details = new LinkedHashMap<>();
		details.put("removed", report.removed());
		details.put("unfinished", report.unfinished());
		details.put("in_use", report.inUse());
		session.reporter()
			.report(Reporter.Level.INFO, "Removed " + report.removed().size() + " versions and "
					+ report.unfinished().size() + " unfinished ones; " + report.inUse().size() + " in use stay",
					details);
	}

	private void print(Session session, PublishedVersion version, List<String> problems) {
		if (session.reporter().isJson()) {
			Map<String, Object> object = new LinkedHashMap<>();
			object.put("version", version.name());
			object.put("path", version.path());
			object.put("published", version.published());
			object.put("latest", version.latest());
			if (this.job.verifies()) {
				object.put("problems", problems);
			}
			session.out().print(Json.of(object) + "\n");
			return;
		}
		session.out()
			.print(version.name() + ", " + version.published() + (version.latest() ? ", latest" : "")
					+ (this.job.verifies() && problems.isEmpty() ? ", OK" : "") + "\n");
		problems.forEach((problem) -> session.out().print("  " + problem + "\n"));
	}

	/** What is done with each version. */
	private static final class Job extends OptionGroup {

		private final OptionSpec verify = flag("Compare each file with the manifest.", "--verify");

		Job() {
			super("Versions");
		}

		boolean verifies() {
			return isSet(this.verify);
		}

	}

}
