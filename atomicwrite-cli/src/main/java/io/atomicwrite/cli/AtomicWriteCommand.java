package io.atomicwrite.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;

import io.atomicwrite.AtomicWriteException;
import io.atomicwrite.Guarantee;
import io.atomicwrite.GuaranteeLevel;
import io.atomicwrite.SafetyPolicy;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.ModePolicy;
import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.core.WriteResult;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/**
 * Writes standard input to a file: all or nothing, durably, and one writer at a time.
 */
@Command(name = "atomic-write", mixinStandardHelpOptions = true, versionProvider = VersionProvider.class,
		sortOptions = false, subcommands = DoctorCommand.class,
		customSynopsis = { "atomic-write [OPTIONS] OUTPUT", "atomic-write doctor [OPTIONS] PATH" },
		description = "Writes standard input to a file: all or nothing, durably, and one writer at a time.",
		exitCodeListHeading = "%nExit status:%n", exitCodeList = { "0:the file has the new content",
				"1:an error, unusable options among it", "2:the lock was not acquired", "3:interrupted by a signal" })
public final class AtomicWriteCommand implements Callable<Integer> {

	private final InterruptibleWrite write;

	@ArgGroup(exclusive = true)
	private LockOptions lock = new LockOptions();

	@Option(names = { "-m", "--mode" }, paramLabel = "MODE",
			description = "The mode of the file, in octal such as 0640. Default: that of the old file.")
	private ModePolicy mode = ModePolicy.preserve();

	@Option(names = "--stream",
			description = "Take the lock first and pass the input on as it comes, whatever its size. "
					+ "Default: read all of it, then take the lock.")
	private boolean stream;

	@Option(names = "--allow-empty", description = "Write an empty file if the input is empty.")
	private boolean allowEmpty;

	@Option(names = "--safety", paramLabel = "POLICY",
			description = "What to do where the filesystem can't keep the promise, as tmpfs can't: "
					+ "strict refuses (default), warn says so, best-effort keeps silent.")
	private SafetyPolicy safety = SafetyPolicy.STRICT;

	@Parameters(arity = "0..1", paramLabel = "OUTPUT",
			description = "The file to write. One that is named like a command is reached as ./doctor.")
	private String output = "";

	@Spec
	private CommandSpec spec = CommandSpec.create();

	private AtomicWriteCommand(InterruptibleWrite write) {
		this.write = write;
	}

	/**
	 * Runs the command and ends the process.
	 * @param args the arguments
	 */
	public static void main(String[] args) {
		InterruptibleWrite write = new InterruptibleWrite();
		AtomicWriteCommand command = new AtomicWriteCommand(write);
		Runtime.getRuntime().addShutdownHook(new Thread(command::shutDown));
		int status = ExitStatus.ERROR;
		try {
			status = command.commandLine().execute(args);
		}
		catch (OutOfMemoryError ex) {
			command.error("the input does not fit into the memory; use --stream");
		}
		finally {
			write.end(status);
		}
		System.exit(status);
	}

	/** Gives the status that is documented to an end by a signal, too. */
	private void shutDown() {
		int status = this.write.interrupt();
		if (status == ExitStatus.INTERRUPTED) {
			System.err.println(message(String.valueOf(Failure.interrupted().getMessage())));
		}
		Runtime.getRuntime().halt(status);
	}

	private CommandLine commandLine() {
		return new CommandLine(this)
			.registerConverter(SafetyPolicy.class, (text) -> DoctorCommand.parse(SafetyPolicy.class, text))
			.registerConverter(ModePolicy.class, AtomicWriteCommand::parseMode)
			.registerConverter(Guarantee.class, (text) -> DoctorCommand.parse(Guarantee.class, text))
			.registerConverter(GuaranteeLevel.class, (text) -> DoctorCommand.parse(GuaranteeLevel.class, text))
			.setParameterExceptionHandler(AtomicWriteCommand::unusable);
	}

	private static ModePolicy parseMode(String text) {
		try {
			return ModePolicy.parse(text);
		}
		catch (IllegalArgumentException ex) {
			throw new TypeConversionException(ex.getMessage());
		}
	}

	private static int unusable(ParameterException ex, String[] args) {
		PrintWriter err = ex.getCommandLine().getErr();
		String message = String.valueOf(ex.getMessage());
		err.println(message.startsWith("Error: ") ? message : "Error: " + message);
		err.println("Try 'atomic-write --help' for what it takes.");
		return ExitStatus.ERROR;
	}

	@Override
	public Integer call() {
		if (this.output.isEmpty()) {
			throw new ParameterException(this.spec.commandLine(), "Missing required parameter: 'OUTPUT'");
		}
		try {
			WriteResult result = run();
			result.warnings().forEach((warning) -> System.err.println("Warning: " + this.output + ": " + warning));
			return ExitStatus.SUCCESS;
		}
		catch (Failure ex) {
			return failed(ex);
		}
		catch (AtomicWriteException ex) {
			return failed(Failure.of(ex));
		}
	}

	/** What comes of an interruption is not told: the shutdown hook tells of that. */
	private int failed(Failure failure) {
		if (this.write.isInterrupted() || failure.status() == ExitStatus.INTERRUPTED) {
			return ExitStatus.INTERRUPTED;
		}
		error(String.valueOf(failure.getMessage()));
		return failure.status();
	}

	private void error(String what) {
		System.err.println(message(what));
	}

	private String message(String what) {
		return this.output.isEmpty() ? "Error: " + what : "Error: " + this.output + ": " + what;
	}

	private WriteResult run() {
		Path target = OutputName.parse(this.output);
		StandardInput.requireOpen();
		WriteOptions options = options();
		try (AtomicFileTemplate template = AtomicFileTemplate.create()) {
			return this.stream ? stream(template, target, options) : writeWhole(template, target, options);
		}
	}

	private WriteOptions options() {
		return WriteOptions.builder()
			.lock(this.lock.policy())
			.mode(this.mode)
			.safety(this.safety)
			.createDirectories(false)
			.build();
	}

	private WriteResult writeWhole(AtomicFileTemplate template, Path target, WriteOptions options) {
		byte[] content = StandardInput.readAll();
		requireContent(content.length);
		return this.write.run(() -> template.open(target, options),
				(staged) -> StandardInput.put(content, content.length, staged));
	}

	private WriteResult stream(AtomicFileTemplate template, Path target, WriteOptions options) {
		return this.write.run(() -> template.open(target, options),
				(staged) -> requireContent(StandardInput.copy(staged)));
	}

	private void requireContent(long size) {
		if (size == 0 && !this.allowEmpty) {
			throw Failure
				.of("the input is empty; the target is as it was, use --allow-empty if the file is to be empty");
		}
	}

}
