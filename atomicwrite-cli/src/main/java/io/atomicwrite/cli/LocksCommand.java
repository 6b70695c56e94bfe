package io.atomicwrite.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.atomicwrite.artifact.ArtifactKind;
import io.atomicwrite.artifact.ArtifactNames;
import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.fs.FileStat;
import io.atomicwrite.lock.LockInfo;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * Lists the lock files of a directory, and who holds them.
 */
final class LocksCommand implements Command {

	private final CompanionOptions companions = new CompanionOptions();

	private final OutputOptions output = new OutputOptions();

	private final PositionalParamSpec directory = Commands.parameter("DIR",
			"The directory to look at. Default: the current one.");

	@Override
	public String name() {
		return "locks";
	}

	@Override
	public List<String> description() {
		return List.of("Lists the lock files of a directory, and who holds them.",
				"A lock file that nobody holds is left over from a writer that was killed. It is harmless: the next "
						+ "writer uses it and deletes it.");
	}

	@Override
	public String synopsis() {
		return "[OPTIONS] [DIR]";
	}

	@Override
	public List<OptionGroup> groups() {
		return List.of(this.companions, this.output);
	}

	@Override
	public List<PositionalParamSpec> parameters() {
		return List.of(this.directory);
	}

	@Override
	public Map<String, String> examples() {
		return Map.of("atomic-write locks /var/lib/app", "see which process holds a lock");
	}

	@Override
	public int run(Session session) throws IOException {
		session.about(Commands.orHere(this.directory));
		// the name of a lock file, visible or hidden, says all that is needed to look at
		// it
		try (Engine engine = new Engine(session, WriteOptions.engineDefaults())) {
			Path canonical = engine.files().canonical(FileName.directory(session.subject()));
			TreeMap<String, String> targets = new TreeMap<>();
			engine.files().list(canonical, (name) -> {
				ArtifactNames.Artifact artifact = ArtifactNames.parse(name);
				if (artifact != null && artifact.kind() == ArtifactKind.LOCK
						&& engine.files().kind(canonical.resolve(name)) == FileStat.Kind.REGULAR) {
					targets.put(name, artifact.stem());
				}
			});
			for (Map.Entry<String, String> found : targets.entrySet()) {
				Path file = canonical.resolve(found.getKey());
				Path target = canonical.resolve(found.getValue());
				boolean leftover = engine.locks().leftovers(target).contains(file);
				LockInfo info = leftover ? LockInfo.free(target) : engine.locks().inspect(target);
				if (leftover || info.state() != LockInfo.State.FREE) {
					print(session, file, info, leftover);
				}
			}
			return ExitStatus.SUCCESS;
		}
	}

	private static void print(Session session, Path file, LockInfo info, boolean leftover) {
		if (session.reporter().isJson()) {
			Map<String, @Nullable Object> object = new LinkedHashMap<>();
			object.put("lock_file", file);
			object.put("state", leftover ? "LEFTOVER" : info.state().name());
			object.put("pid", info.pid());
			object.put("since", info.since());
			session.out().print(Json.of(object) + "\n");
			return;
		}
		String holder = (info.pid() != null) ? "process " + info.pid() : "another process";
		session.out()
			.print(file + ": " + (leftover ? "left over, held by nobody"
					: "held by " + holder + ((info.since() != null) ? " since " + info.since() : "")) + "\n");
	}

}
