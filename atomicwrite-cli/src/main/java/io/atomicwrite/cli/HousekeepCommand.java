package io.atomicwrite.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import io.atomicwrite.artifact.ArtifactKind;
import io.atomicwrite.backup.BackupPolicy;
import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.FileStat;
import io.atomicwrite.maintenance.Housekeeper;
import io.atomicwrite.maintenance.SweepListener;
import io.atomicwrite.maintenance.SweepOptions;
import io.atomicwrite.maintenance.SweepReport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * Deletes what writers have left behind, and backups that are no longer wanted.
 */
final class HousekeepCommand implements Command {

	private final Kinds kinds = new Kinds();

	private final CompanionOptions companions = new CompanionOptions();

	private final OutputOptions output = new OutputOptions();

	private final PositionalParamSpec directory = Commands.parameter("DIR",
			"The directory to clean. Default: the current one.");

	@Override
	public String name() {
		return "housekeep";
	}

	@Override
	public List<String> description() {
		return List.of("Deletes what writers have left behind, and backups that are no longer wanted.",
				"What is in use stays, however old it is: a lock file that is locked, a staging file whose writer "
						+ "lives. Prints on standard output what was deleted.");
	}

	@Override
	public String synopsis() {
		return "[OPTIONS] [DIR]";
	}

	@Override
	public List<OptionGroup> groups() {
		return List.of(this.kinds, this.companions, this.output);
	}

	@Override
	public List<PositionalParamSpec> parameters() {
		return List.of(this.directory);
	}

	@Override
	public Map<String, String> statuses() {
		return Map.of("2", "another sweep of the directory is under way");
	}

	@Override
	public Map<String, String> examples() {
		Map<String, String> examples = new LinkedHashMap<>();
		examples.put("atomic-write housekeep --all --dry-run -r /var/lib/app", "see what would go");
		examples.put("atomic-write housekeep --clean-locks --older-than 1h /var/lib/app",
				"delete lock files that nobody has locked for an hour");
		examples.put("atomic-write housekeep --clean-backups --keep-newest 3 -r /data",
				"keep three backups of each file");
		examples.put(
				"atomic-write housekeep --clean-backups --older-than 30d --backup-suffix .bak --backup-dir /backups /etc/app",
				"clean where --backup-suffix and --backup-dir of the writes have put them");
		return examples;
	}

	@Override
	public int run(Session session) throws IOException {
		session.about(Commands.orHere(this.directory));
		SweepOptions options = this.kinds.sweep();
		Path path = FileName.directory(session.subject());
		requireDirectory(options.backupDirectory());
		try (Engine engine = new Engine(session, new LockOptions(), this.companions, WriteOptions.engineDefaults())) {
			SweepReport report = new Housekeeper(engine.files(), engine.locks(), InstantSource.system()).sweep(path,
					options, new Teller(session, options.dryRun()));
			return print(session, report);
		}
	}

	/** One that is not there is mistyped: the sweep would pass over it. */
	private static void requireDirectory(@Nullable Path place) throws IOException {
		if (place != null && FileOps.system().kind(FileOps.system().canonical(place)) != FileStat.Kind.DIRECTORY) {
			throw Failure.of(place.toString(), "Not a directory", "name the one that the writes name");
		}
	}

	private static int print(Session session, SweepReport report) {
		if (report.skipped()) {
			throw Failure.of(session.subject(), "another sweep of this directory is under way", "try again later",
					ExitStatus.LOCK_NOT_ACQUIRED, new IllegalStateException("skipped"));
		}
		SweepReport.Removed total = report.total();
		Map<String, Object> details = new LinkedHashMap<>();
		details.put("directory", report.directory());
		details.put("dry_run", report.dryRun());
		details.put("examined", report.examined());
		details.put("deleted", total.count());
		details.put("bytes", total.bytes());
		details.put("in_use", report.alive());
		details.put("too_young", report.youngCount());
		session.reporter()
			.report(Reporter.Level.INFO, (report.dryRun() ? "Would delete " : "Deleted ") + total.count() + " files, "
					+ total.bytes() + " bytes; " + report.alive() + " in use stay", details);
		TooYoung.report(session, report.youngCount(), "leftover files");
		return (report.failureCount() == 0) ? ExitStatus.SUCCESS : ExitStatus.ERROR;
	}

	/** What to delete, and how old it must be. */
	private static final class Kinds extends OptionGroup {

		private static final Duration ORPHAN_AGE = Duration.ofMinutes(1);

		private final OptionSpec locks = flag("Delete lock files that nobody holds.", "--clean-locks");

		private final OptionSpec backups = flag(
				"Delete backups that are too old or too many. Needs --older-than or --keep-newest.", "--clean-backups");

		private final OptionSpec orphans = flag("Delete staging files whose writer is gone.", "--clean-orphans");

		private final OptionSpec all = flag("Delete all of these; backups only with --older-than or --keep-newest.",
				"--all");

		private final OptionSpec recursive = flag("Clean the directories below, too.", "-r", "--recursive");

		private final OptionSpec olderThan = value("AGE",
				"Delete only what is older: 30m, 2h, 7d. A number alone is in "
						+ "hours for lock and staging files, and in days for backups.",
				"--older-than");

		private final OptionSpec keepNewest = value("N",
				"Keep the newest N backups of each file, whatever their age; of the others those "
						+ "go that are older than --older-than, or all.",
				"--keep-newest");

		private final OptionSpec suffix = value("SUFFIX",
				"How the names of the backups end. Any file whose name ends so is "
						+ "taken for a backup. Default: .backup.",
				"--backup-suffix");

		private final OptionSpec place = file("DIR",
				"Clean the backups in this directory as well, as one where --backup-dir of a write has put them; "
						+ "without the directories below it.",
				"--backup-dir");

		private final OptionSpec dryRun = flag("Only print what would be deleted.", "-n", "--dry-run");

		Kinds() {
			super("Cleaning");
		}

		SweepOptions sweep() {
			boolean every = isSet(this.all);
			boolean asked = every || isSet(this.locks) || isSet(this.backups) || isSet(this.orphans);
			if (!asked) {
				throw Failure.usage("housekeep",
						"says not what to delete; give --clean-locks, --clean-backups, --clean-orphans or --all");
			}
			Integer keep = number(this.keepNewest, 0);
			Duration hours = age(Duration.ofHours(1));
			Duration days = age(Duration.ofDays(1));
			if (isSet(this.backups) && keep == null && days == null) {
				throw Failure.usage("--clean-backups", "needs --older-than or --keep-newest, or it would delete all");
			}
			if (!every && !isSet(this.backups)) {
				refuse(this.keepNewest, this.suffix, this.place);
			}
			BackupPolicy policy = BackupOptions.place(BackupPolicy.single(), this.suffix, this.place);
			return SweepOptions.builder()
				.recursive(isSet(this.recursive))
				.dryRun(isSet(this.dryRun))
				.kinds(kinds())
				.lockAge(or(hours, Duration.ZERO))
				.orphanAge(or(hours, ORPHAN_AGE))
				.backupAge(days)
				.keepBackups(keep)
				.newestStay(true)
				.backupSuffix(policy.suffix())
				.backupDirectory(policy.directory())
				.build();
		}

		private static void refuse(OptionSpec... ofBackups) {
			for (OptionSpec option : ofBackups) {
				if (isGiven(option)) {
					throw Failure.usage(option.longestName(),
							"is about backups, and so needs --clean-backups or --all");
				}
			}
		}

		private Set<ArtifactKind> kinds() {
			if (isSet(this.all)) {
				return EnumSet.allOf(ArtifactKind.class);
			}
			Set<ArtifactKind> kinds = EnumSet.noneOf(ArtifactKind.class);
			if (isSet(this.locks)) {
				kinds.add(ArtifactKind.LOCK);
			}
			if (isSet(this.orphans)) {
				kinds.addAll(EnumSet.of(ArtifactKind.STAGING, ArtifactKind.PROBE));
			}
			if (isSet(this.backups)) {
				kinds.add(ArtifactKind.BACKUP);
			}
			return kinds;
		}

		private @Nullable Duration age(Duration bare) {
			String text = text(this.olderThan);
			return (text != null) ? Ages.parse("--older-than", text, bare) : null;
		}

		private static Duration or(@Nullable Duration age, Duration otherwise) {
			return (age != null) ? age : otherwise;
		}

	}

	/** Prints each file as it is deleted. */
	private record Teller(Session session, boolean dryRun) implements SweepListener {

		@Override
		public void removed(Path file, ArtifactKind kind, long size) {
			String what = kind.name().toLowerCase(Locale.ROOT);
			if (this.session.reporter().isJson()) {
				Map<String, Object> object = new LinkedHashMap<>();
				object.put("action", this.dryRun ? "would-delete" : "deleted");
				object.put("kind", what);
				object.put("path", file);
				object.put("size", size);
				this.session.out().print(Json.of(object) + "\n");
			}
			else if (this.session.reporter().reports(Reporter.Level.NOTICE)) {
				String kindName = kind == ArtifactKind.LOCK ? "lock file"
						: what.equals("staging") ? "staging file" : what;
				this.session.out().print((this.dryRun ? "Would delete " : "Deleted ") + kindName + " " + file + "\n");
			}
		}

		@Override
		public void failed(Path path, String reason) {
			this.session.reporter()
				.error(Failure.of(path.toString(), reason, "see why it can't be looked at or deleted, and try again"));
		}

	}

}
