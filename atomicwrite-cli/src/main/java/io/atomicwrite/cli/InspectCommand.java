package io.atomicwrite.cli;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.atomicwrite.Guarantee;
import io.atomicwrite.SafetyPolicy;
import io.atomicwrite.backup.BackupPolicy;
import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.core.WriteRequirements;
import io.atomicwrite.guarantee.Assessment;
import io.atomicwrite.guarantee.Filesystem;
import io.atomicwrite.guarantee.GuaranteeReport;
import io.atomicwrite.lock.LockScope;
import io.atomicwrite.maintenance.DirectoryCensus;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * Reports what can be promised in a directory, and what was left there.
 */
final class InspectCommand implements Command {

	private final Policy policy = new Policy();

	private final CompanionOptions companions = new CompanionOptions();

	private final OutputOptions output = new OutputOptions();

	private final PositionalParamSpec path = Commands.parameter("PATH", "A directory, or a file in one.");

	@Override
	public String name() {
		return "inspect";
	}

	@Override
	public List<String> description() {
		return List.of(
				"Reports what can be promised in a directory, and why no more; of a file also which run it is of.",
				"With --json, standard output has the object that /actuator/atomicwrite/NAME has of a directory. That of a file "
						+ "has its manifest as well, whose state is fits, replaced (by someone who wrote no manifest) or none.");
	}

	@Override
	public String synopsis() {
		return "[OPTIONS] PATH";
	}

	@Override
	public List<OptionGroup> groups() {
		return List.of(this.policy, this.companions, this.output);
	}

	@Override
	public List<PositionalParamSpec> parameters() {
		return List.of(this.path);
	}

	@Override
	public Map<String, String> examples() {
		return Map.of("atomic-write inspect --json /var/lib/app | jq .guarantees", "see the levels in a script");
	}

	@Override
	public int run(Session session) throws IOException {
		String name = Commands.required(this.path);
		session.about(name);
		WriteOptions options = WriteOptions.engineDefaults().toBuilder().safety(this.policy.safety()).build();
		try (Engine engine = new Engine(session, new LockOptions(), this.companions, options)) {
			GuaranteeReport report = engine.template().inspect(FileName.directory(name));
			Map<Guarantee, Assessment> levels = new WriteRequirements(options, LockScope.HOST).assess(report);
			DirectoryCensus.Report census = new DirectoryCensus(engine.files(), engine.locks(), BackupPolicy.SUFFIX)
				.count(report.path());
			Optional<ManifestView> manifest = ManifestView.of(engine, FileName.directory(name));
			if (session.reporter().isJson()) {
				Map<String, Object> object = json(report, levels, census, options);
				manifest.ifPresent((view) -> object.put("manifest", view.json()));
				session.out().print(Json.of(object) + "\n");
			}
			else {
				text(session, report, levels, census);
				manifest.ifPresent((view) -> session.out().print("  " + view.text() + "\n"));
			}
			return ExitStatus.SUCCESS;
		}
	}

	private static Map<String, Object> json(GuaranteeReport report, Map<Guarantee, Assessment> levels,
			DirectoryCensus.Report census, WriteOptions options) {
		Map<String, Object> guarantees = new LinkedHashMap<>();
		levels.forEach((guarantee, found) -> guarantees.put(guarantee.name(),
				object("level", found.level().name(), "reason", found.reason())));
		Filesystem filesystem = report.filesystem();
		DirectoryCensus.Report.Orphans orphans = census.orphans();
		Map<String, Object> counted = object("count", orphans.count(), "bytes", orphans.bytes());
		if (orphans.oldest() != null) {
			counted.put("oldest", orphans.oldest());
		}
		return object("path", report.path(), "filesystem",
				object("type", filesystem.type(), "class", filesystem.kind().id(), "mountPoint",
						filesystem.mountPoint(), "options", filesystem.options()),
				"safety", options.safety().name(), "guarantees", guarantees, "orphans", counted, "leftoverLocks",
				census.leftoverLocks(), "backups", census.backups());
	}

	private static Map<String, Object> object(Object... keysAndValues) {
		Map<String, Object> object = new LinkedHashMap<>();
		for (int i = 0; i < keysAndValues.length; i += 2) {
			object.put(keysAndValues[i].toString(), keysAndValues[i + 1]);
		}
		return object;
	}

	private static void text(Session session, GuaranteeReport report, Map<Guarantee, Assessment> levels,
			DirectoryCensus.Report census) {
		Filesystem filesystem = report.filesystem();
		StringBuilder text = new StringBuilder(report.path() + " (" + filesystem.type() + " at "
				+ filesystem.mountPoint() + ", " + filesystem.kind().id() + ")\n");
		levels.forEach((guarantee, found) -> text.append("  ")
			.append(guarantee)
			.append(' ')
			.append(found.level())
			.append(": ")
			.append(found.reason().replace("atomicwrite.checksum.mode", "--checksum"))
			.append('\n'));
		text.append("  ")
			.append(census.orphans().count())
			.append(" orphans, ")
			.append(census.leftoverLocks())
			.append(" leftover lock files, ")
			.append(census.backups())
			.append(" backups\n");
		session.out().print(text);
	}

	/** What is asked of the filesystem. */
	private static final class Policy extends OptionGroup {

		private final OptionSpec safety = value("POLICY",
				"The policy that a write would have: strict (default), warn, " + "best-effort.", "--safety");

		Policy() {
			super("Inspecting");
		}

		SafetyPolicy safety() {
			return word(this.safety, (text(this.safety) != null) ? String.valueOf(text(this.safety)) : "strict",
					SafetyPolicy.class);
		}

	}

}
