package io.atomicwrite.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.atomicwrite.backup.Backup;
import io.atomicwrite.backup.BackupPolicy;
import io.atomicwrite.core.ModePolicy;
import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.core.WriteResult;
import io.atomicwrite.fs.FileOps;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * Puts a backup back in the place of a file.
 */
final class RestoreCommand implements Command {

	private final Choice choice = new Choice();

	private final LockOptions lock = new LockOptions();

	private final CompanionOptions companions = new CompanionOptions();

	private final SafetyOptions safety = new SafetyOptions();

	private final OutputOptions output = new OutputOptions();

	private final PositionalParamSpec file = Commands.parameter("FILE", "The file to restore.");

	@Override
	public String name() {
		return "restore";
	}

	@Override
	public List<String> description() {
		return List.of("Puts a backup back in the place of a file.",
				"The content that it replaces becomes a backup with a timestamp, so that a restore can be undone. A "
						+ "backup that does not agree with its checksum is refused.");
	}

	@Override
	public String synopsis() {
		return "[OPTIONS] FILE";
	}

	@Override
	public List<OptionGroup> groups() {
		return List.of(this.choice, this.lock, this.companions, this.safety, this.output);
	}

	@Override
	public List<PositionalParamSpec> parameters() {
		return List.of(this.file);
	}

	@Override
	public Map<String, String> examples() {
		Map<String, String> examples = new LinkedHashMap<>();
		examples.put("atomic-write restore --list app.conf", "see which backups there are, the newest first");
		examples.put("atomic-write restore app.conf", "put the newest back");
		return examples;
	}

	@Override
	public int run(Session session) throws IOException {
		String name = Commands.required(this.file);
		session.about(name);
		Path target = FileName.parse(name);
		WriteOptions options = WriteOptions.engineDefaults()
			.with((changes) -> this.safety.apply(changes.backup(this.choice.policy())
				.createDirectories(false)
				.mode(this.choice.mode())
				.reportLosses(session.reporter().reports(Reporter.Level.INFO))));
		try (Engine engine = new Engine(session, this.lock, this.companions, options)) {
			List<Backup> backups = engine.template().generations(target);
			if (this.choice.lists()) {
				backups.forEach((backup) -> print(session, backup));
				return ExitStatus.SUCCESS;
			}
			Backup backup = this.choice.of(backups);
			WriteResult result = restore(session, engine, options, target, backup);
			Map<String, Object> details = new LinkedHashMap<>();
			details.put("file", name);
			details.put("from", backup.path());
			details.put("size", result.size());
			details.put("outcome", result.outcome());
			LossReport.report(session.reporter(), name, result.metadata(), details);
			result.warnings().forEach((warning) -> session.reporter().warning(name, warning));
			session.reporter().report(Reporter.Level.INFO, "Restored " + name + " from " + backup.path(), details);
			return ExitStatus.SUCCESS;
		}
	}

	private WriteResult restore(Session session, Engine engine, WriteOptions options, Path target, Backup backup) {
		return engine.waiting(this.lock.request(),
				(policy) -> engine.template().restore(target, backup, options.toBuilder().lock(policy).build()));
	}

	private static void print(Session session, Backup backup) {
		if (session.reporter().isJson()) {
			Map<String, Object> object = new LinkedHashMap<>();
			object.put("path", backup.path());
			object.put("size", backup.size());
			object.put("modified", backup.modified());
			session.out().print(Json.of(object) + "\n");
		}
		else {
			session.out().print(backup.path() + ", " + backup.size() + " bytes, " + backup.modified() + "\n");
		}
	}

	/** Which backup. */
	private static final class Choice extends OptionGroup {

		private final OptionSpec list = flag("List the backups, the newest first, and restore none.", "--list");

		private final OptionSpec from = file("BACKUP", "Restore this one. Default: the newest.", "--from");

		private final OptionSpec suffix = value("SUFFIX", "How the names of the backups end. Default: .backup.",
				"--backup-suffix");

		private final OptionSpec directory = file("DIR", "Where the backups are. Default: beside FILE.",
				"--backup-dir");

		private final OptionSpec noPreserveMode = flag("Give the file the mode that the umask leaves, not that of the "
				+ "backup; for filesystems that let nobody set a mode.", "--no-preserve-mode");

		Choice() {
			super("Restoring");
		}

		boolean lists() {
			return isSet(this.list);
		}

		ModePolicy mode() {
			return isSet(this.noPreserveMode) ? ModePolicy.umask() : ModePolicy.preserve();
		}

		BackupPolicy policy() {
			return BackupOptions.place(BackupPolicy.generations(), this.suffix, this.directory);
		}

		Backup of(List<Backup> backups) {
			String chosen = text(this.from);
			if (chosen == null) {
				if (backups.isEmpty()) {
					throw Failure.of("", "No such file or directory: it has no backup",
							"see --backup-dir and --backup-suffix, if it was written with them");
				}
				return backups.get(0);
			}
			Path path = FileName.parse(chosen).toAbsolutePath().normalize();
			return backups.stream()
				.filter((backup) -> backup.path().equals(path)
						|| backup.path().getFileName().equals(path.getFileName()) && isSame(backup.path(), path))
				.findFirst()
				.orElseThrow(() -> Failure.of(chosen, "is no backup of that file", "see them with --list"));
		}

		private static boolean isSame(Path one, Path other) {
			try {
				return FileOps.system().canonical(other).equals(one);
			}
			catch (IOException ex) {
				return false;
			}
		}

	}

}
