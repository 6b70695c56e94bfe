package io.atomicwrite.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.maintenance.Recovery;
import io.atomicwrite.maintenance.RecoveryOptions;
import io.atomicwrite.maintenance.RecoveryReport;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * Brings a directory into order after a crash.
 */
final class RecoverCommand implements Command {

	private final Choice choice = new Choice();

	private final CompanionOptions companions = new CompanionOptions();

	private final OutputOptions output = new OutputOptions();

	private final PositionalParamSpec directory = Commands.parameter("DIR", "The directory. Default: the current one.");

	@Override
	public String name() {
		return "recover";
	}

	@Override
	public List<String> description() {
		return List.of("Brings a directory into order after a crash.",
				"It is never required: targets are whole, and leftovers do not disturb the next writers. It discards, "
						+ "finishes or sets aside staging files whose writer is gone, and settles sidecars that a crash has "
						+ "left between two contents. Prints on standard output what it has done.");
	}

	@Override
	public String synopsis() {
		return "[OPTIONS] [DIR]";
	}

	@Override
	public List<OptionGroup> groups() {
		return List.of(this.choice, this.companions, this.output);
	}

	@Override
	public List<PositionalParamSpec> parameters() {
		return List.of(this.directory);
	}

	@Override
	public Map<String, String> statuses() {
		return Map.of("1", "something is in doubt or could not be done", "2", "a sweep of the directory is under way");
	}

	@Override
	public Map<String, String> examples() {
		return Map.of("atomic-write recover --decision set-aside /var/lib/app",
				"keep what writers had written when the machine went down");
	}

	@Override
	public int run(Session session) {
		session.about(Commands.orHere(this.directory));
		RecoveryOptions options = this.choice.chosen();
		try (Engine engine = new Engine(session, new LockOptions(), this.companions, WriteOptions.engineDefaults())) {
			RecoveryReport report = new Recovery(engine.files(), engine.locks(), InstantSource.system())
				.recover(FileName.directory(session.subject()), options);
			return print(session, report);
		}
	}

	private static int print(Session session, RecoveryReport report) {
		if (report.skipped()) {
			throw Failure.of(session.subject(), "a sweep of this directory is under way", "try again later",
					ExitStatus.LOCK_NOT_ACQUIRED, new IllegalStateException("skipped"));
		}
		boolean doubtful = false;
		for (RecoveryReport.Step step : report.steps()) {
			print(session, step, report.dryRun());
			doubtful |= step.action() == RecoveryReport.Action.DOUBTFUL;
		}
		TooYoung.report(session, report.young(), "staging files without a writer");
		report.failures()
			.forEach((failure) -> session.reporter()
				.error(Failure.of(failure.path().toString(), failure.reason(), "see why, and try again")));
		return (doubtful || !report.failures().isEmpty()) ? ExitStatus.ERROR : ExitStatus.SUCCESS;
	}

	private static void print(Session session, RecoveryReport.Step step, boolean dryRun) {
		if (session.reporter().isJson()) {
			Map<String, Object> object = new LinkedHashMap<>();
			object.put("path", step.file());
			object.put("action", step.action().name());
			object.put("dry_run", dryRun);
			object.put("reason", step.reason());
			session.out().print(Json.of(object) + "\n");
		}
		else if (session.reporter().reports(Reporter.Level.NOTICE)) {
			String action = step.action().name().toLowerCase(Locale.ROOT).replace('_', ' ');
			session.out()
				.print(step.file() + ": " + (dryRun ? "would be " : "") + action + " (" + step.reason() + ")\n");
		}
	}

	/** How unfinished writes are ended. */
	private static final class Choice extends OptionGroup {

		private final OptionSpec decision = value("DECISION", "What to do with a staging file whose writer is gone: "
				+ "discard (default) deletes it; finish gives it the target's name if nothing has that and it is whole by its "
				+ "checksum; set-aside renames it.", "--decision");

		private final OptionSpec olderThan = value("AGE",
				"Only staging files that are older: 30m, 2h, 7d. A number " + "alone is in hours. Default: 1m.",
				"--older-than");

		private final OptionSpec dryRun = flag("Only print what would be done.", "-n", "--dry-run");

		Choice() {
			super("Recovering");
		}

		RecoveryOptions chosen() {
			String word = text(this.decision);
			String age = text(this.olderThan);
			RecoveryOptions options = RecoveryOptions.defaults().with((changes) -> changes.dryRun(isSet(this.dryRun)));
			if (word != null) {
				options = options
					.with((changes) -> changes.decision(word(this.decision, word, RecoveryOptions.Decision.class)));
			}
			return (age != null)
					? options.with((changes) -> changes.orphanAge(Ages.parse("--older-than", age, Duration.ofHours(1))))
					: options;
		}

	}

}
