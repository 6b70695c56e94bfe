package io.atomicwrite.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.atomicwrite.checksum.ChecksumInfo;
import io.atomicwrite.core.WriteOptions;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * Compares files with their checksums.
 */
final class VerifyCommand implements Command {

	private final CompanionOptions companions = new CompanionOptions();

	private final OutputOptions output = new OutputOptions();

	private final PositionalParamSpec files = Commands.parameters(0, "FILE", "The files to verify.");

	@Override
	public String name() {
		return "verify";
	}

	@Override
	public List<String> description() {
		return List.of("Compares files with the checksums that were written with them.");
	}

	@Override
	public String synopsis() {
		return "[OPTIONS] FILE…";
	}

	@Override
	public List<OptionGroup> groups() {
		return List.of(this.companions, this.output);
	}

	@Override
	public List<PositionalParamSpec> parameters() {
		return List.of(this.files);
	}

	@Override
	public Map<String, String> statuses() {
		return Map.of("0", "each file is as it was written", "1",
				"a file was changed or damaged, or has no checksum, or can't be read");
	}

	@Override
	public Map<String, String> examples() {
		return Map.of("atomic-write verify /etc/app/*.conf", "find files that were changed by something else");
	}

	@Override
	public int run(Session session) {
		List<String> names = this.files.getValue();
		if (names == null || names.isEmpty()) {
			throw Failure.usage("", "Missing argument: FILE");
		}
		int status = ExitStatus.SUCCESS;
		try (Engine engine = new Engine(session, new LockOptions(), this.companions, WriteOptions.engineDefaults())) {
			for (String name : names) {
				status = Math.max(status, verify(session, engine, name));
			}
		}
		return status;
	}

	private static int verify(Session session, Engine engine, String name) {
		session.about(name);
		try {
			Path file = FileName.parse(name);
			ChecksumInfo info = engine.template().verify(file);
			print(session, name, info);
			return ExitStatus.SUCCESS;
		}
		catch (RuntimeException ex) {
			Failure failure = Failures.of(session, ex);
			session.reporter().error(failure);
			return failure.status();
		}
	}

	private static void print(Session session, String name, ChecksumInfo info) {
		String place = info.location().equals(info.file()) ? "attribute" : "sidecar";
		if (session.reporter().isJson()) {
			Map<String, Object> object = new LinkedHashMap<>();
			object.put("file", name);
			object.put("ok", true);
			object.put("algorithm", info.current().algorithm().name());
			object.put("checksum", info.current().hex());
			object.put("kept_in", place);
			session.out().print(Json.of(object) + "\n");
		}
		else if (session.reporter().reports(Reporter.Level.NOTICE)) {
			session.out().print(name + ": OK (" + info.current().algorithm().name() + ", " + place + ")\n");
		}
	}

}
