package io.atomicwrite.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.doctor.DoctorOptions;
import io.atomicwrite.doctor.DoctorReport;
import io.atomicwrite.doctor.Finding;
import io.atomicwrite.doctor.OverlapCheck;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * Reports what a directory can promise, and probes it on request.
 */
final class DoctorCommand implements Command {

	private final Examination examination = new Examination();

	private final OutputOptions output = new OutputOptions();

	private final PositionalParamSpec path = Commands.parameter("PATH", "A directory, or a file in one.");

	@Override
	public String name() {
		return "doctor";
	}

	@Override
	public List<String> description() {
		return List.of("Reports what a directory can promise, and probes it on request.");
	}

	@Override
	public String synopsis() {
		return "[OPTIONS] PATH";
	}

	@Override
	public List<OptionGroup> groups() {
		return List.of(this.examination, this.output);
	}

	@Override
	public List<PositionalParamSpec> parameters() {
		return List.of(this.path);
	}

	@Override
	public Map<String, String> statuses() {
		return Map.of("0", "nothing is wrong, as far as was looked", "1",
				"an error was found, or a required level is not met");
	}

	@Override
	public Map<String, String> examples() {
		Map<String, String> examples = new LinkedHashMap<>();
		examples.put("atomic-write doctor --probe /var/lib/app", "try out all that a write does");
		examples.put("atomic-write doctor --require crash-durability /mnt/data", "refuse a mount that loses writes");
		examples.put("atomic-write doctor --overlap 2 /mnt/shared", "run on two hosts: see whether locks reach both");
		return examples;
	}

	@Override
	public int run(Session session) throws IOException {
		String name = Commands.required(this.path);
		session.about(name);
		Integer participants = this.examination.participants();
		DoctorOptions options = this.examination.chosen();
		try (Engine engine = new Engine(session, WriteOptions.engineDefaults())) {
			Path directory = FileName.directory(name);
			boolean ok = (participants != null) ? overlap(session, engine, directory, participants)
					: diagnose(session, engine, directory, options);
			return ok ? ExitStatus.SUCCESS : ExitStatus.ERROR;
		}
	}

	private static boolean diagnose(Session session, Engine engine, Path directory, DoctorOptions options) {
		DoctorReport report = engine.template().diagnose(directory, options);
		session.out().print((session.reporter().isJson() ? Json.of(json(report)) : report.summary()) + "\n");
		return report.ok();
	}

	private static Map<String, Object> json(DoctorReport report) {
		List<Map<String, @Nullable Object>> findings = new ArrayList<>();
		for (Finding finding : report.findings()) {
			Map<String, @Nullable Object> object = new LinkedHashMap<>();
			object.put("code", finding.code().id());
			object.put("severity", finding.severity().name());
			object.put("message", finding.message());
			object.put("remedy", finding.remedy());
			findings.add(object);
		}
		Map<String, Object> object = new LinkedHashMap<>();
		object.put("path", report.directory());
		object.put("ok", report.ok());
		object.put("findings", findings);
		return object;
	}

	private boolean overlap(Session session, Engine engine, Path directory, int participants) throws IOException {
		OverlapCheck.Report report = new OverlapCheck(engine.files(), engine.locks(),
				ThreadLocalRandom.current().nextLong())
			.run(engine.files().canonical(directory), participants, this.examination.rounds(),
					this.examination.timeout());
		session.out()
			.print((session.reporter().isJson() ? Json.of(Map.of("ok", report.ok(), "summary", report.summary()))
					: report.summary()) + "\n");
		return report.ok();
	}

	/** How closely to look. */
	private static final class Examination extends OptionGroup {

		private static final int ROUNDS = 1000;

		private final OptionSpec probe = flag(
				"Create, sync, rename and lock files there, and delete them again. " + "Default: only look.",
				"--probe");

		private final OptionSpec require = SafetyOptions.require(this);

		private final OptionSpec overlap = value("N", "Take part in a check of the lock with N participants in all: "
				+ "start it in the same directory on each host or mount.", "--overlap");

		private final OptionSpec rounds = value("N", "How often each participant acquires the lock. Default: 1000.",
				"--rounds");

		private final OptionSpec timeout = value("SECONDS", "How long to wait for the other participants. Default: 60.",
				"-t", "--timeout");

		Examination() {
			super("Examination");
		}

		@Nullable Integer participants() {
			return number(this.overlap, 1);
		}

		int rounds() {
			Integer given = number(this.rounds, 1);
			return (given != null) ? given : ROUNDS;
		}

		Duration timeout() {
			String given = text(this.timeout);
			return (given != null) ? Ages.parse("--timeout", given, Duration.ofSeconds(1)) : Duration.ofMinutes(1);
		}

		DoctorOptions chosen() {
			DoctorOptions.Builder options = DoctorOptions.builder().probe(isSet(this.probe));
			SafetyOptions.required(this.require, options::require);
			return options.build();
		}

	}

}
