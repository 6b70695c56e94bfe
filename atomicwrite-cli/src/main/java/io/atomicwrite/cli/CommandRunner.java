package io.atomicwrite.cli;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * Finds the command that the arguments name, parses them and runs it.
 */
final class CommandRunner {

	/**
	 * All types for which picocli looks at run time: no option has one of them. A regular
	 * expression, which picocli compiles for each.
	 */
	private static final String UNUSED_TYPES = ".*";

	private final Session session;

	CommandRunner(Session session) {
		this.session = session;
	}

	int run(String[] args) throws IOException {
		Command named = (args.length > 0) ? Commands.named(args[0]) : null;
		Command command = (named != null) ? named : new WriteCommand();
		String[] words = (named != null) ? Arrays.copyOfRange(args, 1, args.length) : args;
		try {
			return run(command, words);
		}
		catch (Failure failure) {
			throw failure.withHelpOf(Commands.fullName(command));
		}
	}

	private int run(Command command, String[] words) throws IOException {
		if (command instanceof WriteCommand write && isNameAlone(words)) {
			write.nameFile(words[0]);
			return work(command);
		}
		ParseResult parsed = parse(command, words);
		if (parsed.isUsageHelpRequested()) {
			this.session.out().print(HelpText.of(command));
			return ExitStatus.SUCCESS;
		}
		if (parsed.isVersionHelpRequested()) {
			this.session.out().print(Commands.PROGRAM + " " + Version.text() + "\n");
			return ExitStatus.SUCCESS;
		}
		return work(command);
	}

	private int work(Command command) throws IOException {
		for (OptionGroup group : command.groups()) {
			if (group instanceof OutputOptions output) {
				output.configure(this.session.reporter());
			}
		}
		return command.run(this.session);
	}

	/** As most calls have it; there is nothing to parse then, which saves a tenth. */
	private static boolean isNameAlone(String[] words) {
		return words.length == 1 && !words[0].isEmpty() && words[0].charAt(0) != '-';
	}

	private static ParseResult parse(Command command, String[] words) {
		System.setProperty("picocli.converters.excludes", UNUSED_TYPES);
		CommandLine line = new CommandLine(Commands.spec(command), ListFactory.INSTANCE);
		// a file may be named @list
		line.setExpandAtFiles(false);
		try {
			return line.parseArgs(words);
		}
		catch (ParameterException ex) {
			throw Failure.usage("", what(String.valueOf(ex.getMessage()), command));
		}
	}

	private static String what(String message, Command command) {
		String hint = (command instanceof LockCommand && message.startsWith("Unknown option"))
				? "; put -- before the command" : "";
		return sentence(message) + hint;
	}

	private static String sentence(@Nullable String message) {
		if (message == null || message.isEmpty()) {
			return "the arguments can't be used";
		}
		return message.substring(0, 1).toUpperCase(Locale.ROOT) + message.substring(1);
	}

}
