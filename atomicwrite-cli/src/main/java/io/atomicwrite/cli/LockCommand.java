package io.atomicwrite.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.atomicwrite.artifact.CompanionNames;
import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.lock.LockLease;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * Runs a command while it holds the lock of a file, so that what the command reads is
 * what it replaces.
 */
final class LockCommand implements Command {

	private final LockOptions lock = new LockOptions();

	private final CompanionOptions companions = new CompanionOptions();

	private final OutputOptions output = new OutputOptions();

	private final PositionalParamSpec file = Commands.parameter("OUTPUT", "The file whose lock to hold.");

	private final PositionalParamSpec words = Commands.parameters(1, "COMMAND", "The command to run, after --.");

	@Override
	public String name() {
		return "lock";
	}

	@Override
	public List<String> description() {
		return List.of("Runs a command while it holds the lock of a file.",
				"Whoever reads, changes and writes a file in a script holds its lock from the read to the write, and "
						+ "nobody's change is lost. An atomic-write of OUTPUT that the command runs uses the lock that is held. "
						+ "Signals are passed on to the command; not SIGINT in the foreground of a terminal, whose key signals both.");
	}

	@Override
	public String synopsis() {
		return "[OPTIONS] OUTPUT -- COMMAND…";
	}

	@Override
	public List<OptionGroup> groups() {
		return List.of(this.lock, this.companions, this.output);
	}

	@Override
	public List<PositionalParamSpec> parameters() {
		return List.of(this.file, this.words);
	}

	@Override
	public Map<String, String> statuses() {
		return Map.of("0", "that of the command, like every status of it", "2",
				"the lock was not acquired, or the status of the command", "126", "the command can't be run", "127",
				"the command was not found", "128+N", "the command was ended by signal N");
	}

	@Override
	public Map<String, String> examples() {
		return Map.of("atomic-write lock n.json -- sh -c 'jq \".n += 1\" n.json | atomic-write n.json'",
				"count without losing a step");
	}

	@Override
	public int run(Session session) throws IOException {
		String name = Commands.required(this.file);
		session.about(name);
		List<String> given = this.words.getValue();
		if (given != null && !given.isEmpty() && given.get(0).equals("--")) {
			given = given.subList(1, given.size());
		}
		if (given == null || given.isEmpty()) {
			throw Failure.usage("", "Missing argument: COMMAND");
		}
		Path target = FileName.parse(name);
		try (Engine engine = new Engine(session, this.lock, this.companions, WriteOptions.engineDefaults())) {
			try (LockLease lease = engine.waiting(this.lock.request(),
					(request) -> engine.locks().acquire(target, request))) {
				warnOfReaders(session, lease.target());
				return new ChildProcess(given, lease.target()).run(session);
			}
		}
	}

	/** As a write there does, which the command need not run. */
	private void warnOfReaders(Session session, Path target) {
		Path directory = target.getParent();
		String last = target.getFileName().toString();
		boolean visible = this.companions.names() == CompanionNames.VISIBLE && !last.startsWith(".")
				&& this.lock.lockFile() == null;
		if (visible && directory != null && CompanionNames.areReadIn(directory)) {
			session.reporter()
				.warning(session.subject(),
						"a program may read every file of " + directory + ", so also the lock file of " + last
								+ " while the command runs: use --hidden-companions or --lock-file");
		}
	}

}
