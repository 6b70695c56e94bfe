package io.atomicwrite.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import io.atomicwrite.SafetyPolicy;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.WriteOptions;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Writes the completions of the shells from the options of the commands. Runs in the
 * build and is no part of the program. Kept by hand: picocli generates none for fish and
 * tcsh, and none with descriptions for zsh.
 */
final class Completions {

	private static final String FORMATS = "json jsonc yaml toml properties";

	private static final Map<String, String> WORDS = new TreeMap<>(Map.of("--format", FORMATS, "--patch-format",
			FORMATS, "--formatting", "minimal require-minimal rewrite", "--safety", "strict warn best-effort",
			"--checksum", "none sidecar attribute", "--decision", "discard finish set-aside", "--require",
			"atomic-visibility crash-durability writer-exclusion integrity-detection"));

	private static final Set<String> FILES = Set.of("FILE", "PATH", "DIR", "BACKUP");

	private Completions() {
	}

	/**
	 * Writes the completions.
	 * @param args the directory to write them to
	 */
	public static void main(String[] args) throws IOException {
		Map<String, String> files = Map.of("atomic-write.bash", bash(), "_atomic-write", zsh(), "atomic-write.fish",
				fish());
		WriteOptions options = WriteOptions.engineDefaults().toBuilder().safety(SafetyPolicy.BEST_EFFORT).build();
		try (AtomicFileTemplate template = AtomicFileTemplate.create()) {
			files.forEach((name, text) -> template.writeString(Path.of(args[0], name), text, options));
		}
	}

	private static List<OptionSpec> options(Command command) {
		List<OptionSpec> options = new ArrayList<>();
		command.groups().forEach((group) -> options.addAll(group.options()));
		Commands.spec(command)
			.options()
			.stream()
			.filter((one) -> one.usageHelp() || one.versionHelp())
			.forEach(options::add);
		return options;
	}

	private static boolean takesValue(OptionSpec option) {
		return option.arity().max() > 0;
	}

	private static boolean takesFile(OptionSpec option) {
		return takesValue(option) && FILES.contains(option.paramLabel());
	}

	private static List<Command> subcommands() {
		return Commands.all().stream().filter((command) -> !command.name().isEmpty()).toList();
	}

	private static String names(List<Command> commands) {
		return commands.stream().map(Command::name).collect(Collectors.joining(" "));
	}

	static String bash() {
		StringBuilder text = new StringBuilder("""
				# completion of atomic-write for bash
				_atomic_write() {
					local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} command= options
					[ "$COMP_CWORD" -gt 1 ] && command=${COMP_WORDS[1]}
					COMPREPLY=()
					case $previous in
				""");
		WORDS.forEach((name, words) -> text.append("\t")
			.append(name)
			.append(") COMPREPLY=($(compgen -W '")
			.append(words)
			.append("' -- \"$current\")); return ;;\n"));
		text.append("\t")
			.append(joined(Completions::takesFile))
			.append(") compopt -o filenames; ")
			.append("mapfile -t COMPREPLY < <(compgen -f -- \"$current\"); return ;;\n");
		text.append("\t")
			.append(joined((option) -> takesValue(option) && !takesFile(option) && !isKnown(option)))
			.append(") return ;;\n\tesac\n\tcase $command in\n");
		for (Command command : Commands.all()) {
			text.append("\t").append(command.name().isEmpty() ? "*" : command.name()).append(") options='");
			text.append(options(command).stream()
				.flatMap((option) -> Arrays.stream(option.names()))
				.collect(Collectors.joining(" ")));
			text.append("' ;;\n");
		}
		// the case of the write matches all and must come last
		String all = text.toString();
		int star = all.lastIndexOf("\t*) options=");
		String write = all.substring(star, all.indexOf('\n', star) + 1);
		return all.replace(write, "") + write + """
				esac
				if [[ $current == -* ]]; then
					COMPREPLY=($(compgen -W "$options" -- "$current"))
					return
				fi
				compopt -o filenames
				mapfile -t COMPREPLY < <(compgen -f -- "$current")
				if [ "$COMP_CWORD" -eq 1 ]; then
					COMPREPLY+=($(compgen -W '""" + names(subcommands()) + """
				' -- "$current"))
					fi
				}
				complete -F _atomic_write atomic-write
				""";
	}

	private static boolean isKnown(OptionSpec option) {
		return WORDS.containsKey(option.longestName());
	}

	private static String joined(Predicate<OptionSpec> which) {
		return Commands.all()
			.stream()
			.flatMap((command) -> options(command).stream())
			.filter(which)
			.flatMap((option) -> Arrays.stream(option.names()))
			.distinct()
			.sorted()
			.collect(Collectors.joining(" | "));
	}

	static String zsh() {
		StringBuilder text = new StringBuilder("#compdef atomic-write\n# completion of atomic-write for zsh\n");
		text.append("local -a commands\ncommands=(\n");
		subcommands().forEach((command) -> text.append("\t")
			.append(quoted(command.name() + ":" + command.description().get(0)))
			.append('\n'));
		text.append(")\ncase $words[2] in\n");
		for (Command command : subcommands()) {
			text.append(command.name()).append(")\n\tshift words; (( CURRENT-- ))\n\t_arguments -s \\\n");
			arguments(text, command);
			text.append("\t\t'*:file:_files'\n\t;;\n");
		}
		text.append("*)\n\t_arguments -s \\\n");
		arguments(text, new WriteCommand());
		return text + "\t\t'1: :{ _describe command commands; _files }' \\\n\t\t'*:file:_files'\n\t;;\nesac\n";
	}

	private static void arguments(StringBuilder text, Command command) {
		for (OptionSpec option : options(command)) {
			String what = option.description()[0].replace("[", "(").replace("]", ")").replace(":", " -");
			String value = takesValue(option) ? ":" + option.paramLabel().replace(":", "") + ":" + action(option) : "";
			for (String name : option.names()) {
				text.append("\t\t").append(quoted(name + "[" + what + "]" + value)).append(" \\\n");
			}
		}
	}

	private static String action(OptionSpec option) {
		if (takesFile(option)) {
			return "_files";
		}
		String words = WORDS.get(option.longestName());
		return (words != null) ? "(" + words + ")" : "";
	}

	static String fish() {
		StringBuilder text = new StringBuilder("# completion of atomic-write for fish\n");
		String first = "'test (count (commandline -opc)) -eq 1'";
		String none = "'not contains -- (commandline -opc)[2] " + names(subcommands()) + "'";
		for (Command command : subcommands()) {
			text.append("complete -c atomic-write -n ")
				.append(first)
				.append(" -a ")
				.append(command.name())
				.append(" -d ")
				.append(quoted(command.description().get(0)))
				.append('\n');
		}
		for (Command command : Commands.all()) {
			String when = command.name().isEmpty() ? none
					: "'contains -- (commandline -opc)[2] " + command.name() + "'";
			for (OptionSpec option : options(command)) {
				text.append("complete -c atomic-write -n ").append(when);
				for (String name : option.names()) {
					text.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
				}
				text.append(takesValue(option) ? takesFile(option) ? " -r" : " -x" : "");
				if (isKnown(option)) {
					text.append(" -a ").append(quoted(WORDS.getOrDefault(option.longestName(), "")));
				}
				text.append(" -d ").append(quoted(option.description()[0])).append('\n');
			}
		}
		return text.toString();
	}

	private static String quoted(String text) {
		return "'" + text.replace("'", "’") + "'";
	}

}
