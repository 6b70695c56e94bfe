package io.atomicwrite.cli;

import java.util.Map;
import java.util.TreeMap;

import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;

/**
 * What {@code --help} prints.
 */
final class HelpText {

	private static final int WIDTH = 100;

	/** Exit statuses as all commands have them. */
	static final Map<String, String> STATUSES = Map.of("0", "done", "1", "an error, unusable options among it", "2",
			"the lock was not acquired", "3", "interrupted by SIGINT, SIGTERM or SIGHUP");

	private HelpText() {
	}

	static String of(Command command) {
		CommandSpec spec = Commands.described(command);
		spec.usageMessage().width(WIDTH).sortOptions(false);
		Help help = new Help(spec, Help.defaultColorScheme(Ansi.OFF));
		StringBuilder text = new StringBuilder(
				"Usage: " + Commands.fullName(command) + " " + command.synopsis() + "\n");
		if (command.name().isEmpty()) {
			text.append("       ").append(Commands.PROGRAM).append(" COMMAND [OPTIONS] …\n");
		}
		command.description().forEach((paragraph) -> text.append('\n').append(wrapped(paragraph)));
		text.append('\n').append(help.parameterList()).append(help.optionList());
		if (command.name().isEmpty()) {
			text.append("\nCommands:\n");
			for (Command sub : Commands.all()) {
				if (!sub.name().isEmpty()) {
					text.append(row(sub.name(), sub.description().get(0)));
				}
			}
			text.append("A file that is named like one of them is reached as ./NAME.\n");
		}
		text.append("\nExit status:\n");
		statuses(command).forEach((status, meaning) -> text.append(row(status, meaning)));
		text.append("\nExamples:\n");
		command.examples()
			.forEach((line, what) -> text.append("  # ").append(what).append("\n  ").append(line).append('\n'));
		return text.toString();
	}

	static Map<String, String> statuses(Command command) {
		Map<String, String> statuses = new TreeMap<>(STATUSES);
		statuses.putAll(command.statuses());
		return statuses;
	}

	private static String row(String name, String text) {
		return wrapped(String.format("  %-10s %s", name, text));
	}

	private static String wrapped(String text) {
		StringBuilder lines = new StringBuilder();
		String indent = text.startsWith("  ") ? " ".repeat(13) : "";
		String rest = text;
		while (rest.length() > WIDTH) {
			int end = rest.lastIndexOf(' ', WIDTH);
			lines.append(rest, 0, end).append('\n');
			rest = indent + rest.substring(end + 1);
		}
		return lines.append(rest).append('\n').toString();
	}

}
