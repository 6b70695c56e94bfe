package io.atomicwrite.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;

import io.atomicwrite.AtomicWriteException;
import io.atomicwrite.Guarantee;
import io.atomicwrite.GuaranteeLevel;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.doctor.DoctorOptions;
import io.atomicwrite.doctor.DoctorReport;
import io.atomicwrite.doctor.OverlapCheck;
import io.atomicwrite.doctor.OverlapReport;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.IoErrors;
import io.atomicwrite.lock.LockRegistry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/**
 * Tells what a directory can promise, and tries it out if asked to.
 */
@Command(name = "doctor", mixinStandardHelpOptions = true, versionProvider = VersionProvider.class, sortOptions = false,
		description = "Tells what a directory can promise, and tries it out if asked to.",
		exitCodeListHeading = "%nExit status:%n", exitCodeList = { "0:nothing is wrong, as far as was looked",
				"1:an error was found, or a required level is not met", "2:the lock was not acquired" })
final class DoctorCommand implements Callable<Integer> {

	@Option(names = "--probe",
			description = "Create, sync, rename and lock files there, and delete them again. Default: only look.")
	private boolean probe;

	@Option(names = "--require", paramLabel = "GUARANTEE[=LEVEL]", mapFallbackValue = "guaranteed",
			description = "Require a level of a guarantee, such as crash-durability=best-effort. "
					+ "Default level: guaranteed.")
	private Map<Guarantee, GuaranteeLevel> required = new TreeMap<>();

	@Option(names = "--overlap", paramLabel = "N",
			description = "Take part in a check of the lock with N participants in all: start it in the same "
					+ "directory on each host or mount.")
	private int participants;

	@Option(names = "--rounds", paramLabel = "N",
			description = "How often each participant acquires the lock. Default: ${DEFAULT-VALUE}.")
	private int rounds = 1000;

	@Option(names = { "-t", "--timeout" }, paramLabel = "SECONDS",
			description = "How long to wait for the other participants. Default: ${DEFAULT-VALUE}.")
	private int timeout = 60;

	@Parameters(paramLabel = "PATH", description = "A directory, or a file in one.")
	private Path path = Path.of("");

	@Spec
	private CommandSpec spec = CommandSpec.create();

	/** Reads the words as the properties of the starter have them. */
	static <E extends Enum<E>> E parse(Class<E> type, String text) {
		try {
			return Enum.valueOf(type, text.toUpperCase(Locale.ROOT).replace('-', '_'));
		}
		catch (IllegalArgumentException ex) {
			throw new TypeConversionException("'" + text + "' is none of "
					+ String.join(", ",
							Arrays.stream(type.getEnumConstants())
								.map((constant) -> constant.name().toLowerCase(Locale.ROOT).replace('_', '-'))
								.toList()));
		}
	}

	@Override
	public Integer call() {
		PrintWriter out = this.spec.commandLine().getOut();
		try {
			boolean ok = (this.participants > 0) ? overlap(out) : diagnose(out);
			return ok ? ExitStatus.SUCCESS : ExitStatus.ERROR;
		}
		catch (AtomicWriteException ex) {
			Failure failure = Failure.of(ex);
			return failed(String.valueOf(failure.getMessage()), failure.status());
		}
		catch (IOException ex) {
			return failed(Optional.ofNullable(ex.getMessage()).orElseGet(() -> IoErrors.text(ex)), ExitStatus.ERROR);
		}
	}

	private boolean diagnose(PrintWriter out) {
		DoctorOptions.Builder options = DoctorOptions.builder().probe(this.probe);
		this.required.forEach(options::require);
		try (AtomicFileTemplate template = AtomicFileTemplate.create()) {
			DoctorReport report = template.diagnose(this.path, options.build());
			out.println(report.summary());
			return report.ok();
		}
	}

	private boolean overlap(PrintWriter out) throws IOException {
		FileOps files = FileOps.system();
		try (LockRegistry locks = LockRegistry.file()) {
			OverlapReport report = new OverlapCheck(files, locks, ThreadLocalRandom.current().nextLong())
				.run(files.canonical(this.path), this.participants, this.rounds, Duration.ofSeconds(this.timeout));
			out.println(report.summary());
			return report.ok();
		}
	}

	private int failed(String what, int status) {
		this.spec.commandLine().getErr().println("Error: " + this.path + ": " + what);
		return status;
	}

}
