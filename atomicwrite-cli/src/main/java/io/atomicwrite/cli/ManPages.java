package io.atomicwrite.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import io.atomicwrite.SafetyPolicy;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.StagedWrite;
import io.atomicwrite.core.WriteOptions;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * Writes the manual pages from the options of the commands. Runs in the build and is no
 * part of the program. Kept by hand: picocli generates AsciiDoc, which needs Asciidoctor
 * and with it a Ruby runtime in the build.
 */
final class ManPages {

	private static final Map<String, String> SECTIONS = Map.of("FILES",
			"""
					.TP
					.I OUTPUT.lock
					The lock file. Its content means nothing; the lock is the record lock (fcntl) on it. It is deleted with the release of the lock,
					and left by a writer that was killed, which is harmless.
					.TP
					.I .OUTPUT.XXXXXXXXXXXXXXXX.tmp
					The staging file: the new content before it takes the name of OUTPUT. Its mode is no wider than that of OUTPUT.
					.TP
					.I OUTPUT.backup\\fR, \\fIOUTPUT.YYYYMMDD\\-HHMMSS.backup
					Backups.
					.TP
					.I OUTPUT.sha256
					The checksum, as sha256sum(1) reads it.
					""",
			"SECURITY",
			"""
					The directory of OUTPUT must be one that only trusted users can write to. A lock file, staging file or backup that is a symbolic
					link is refused or replaced, never followed. A staging file is created with O_EXCL and a mode no wider than the final one; with
					.B \\-\\-mode
					it has that mode from the start. Backups keep the mode of what they hold unless
					.B \\-\\-backup\\-mode
					says otherwise. To keep the owner of a file that belongs to someone else needs the privilege to change owners.
					""",
			"LIMITATIONS",
			"""
					Locks are advisory: they bind those who ask for them. A program that writes to OUTPUT without the lock is not kept from it.
					After SIGKILL or a crash of the machine a staging file and a lock file may be left; the next writer minds neither, and
					.B atomic\\-write housekeep
					deletes them. The file gets a new inode: hard links keep the old content, and who has the file open reads on in the old content.
					Where the filesystem can't keep a promise, the write is refused unless
					.B \\-\\-safety
					allows it. A filesystem in memory, as tmpfs is, loses what it holds at a reboot: it is written, with a warning, unless
					.B \\-\\-require crash\\-durability
					is given.
					""",
			"ENVIRONMENT", """
					.TP
					.B JAVA_HOME
					The Java runtime, 17 or newer. Default: the java on the PATH.
					.TP
					.B ATOMIC_WRITE_JAVA_OPTS
					Options for it, such as \\-Xmx32m.
					.TP
					.B ATOMIC_WRITE_LEASE
					Set by atomic\\-write lock for the command that it runs.
					""");

	private final StringBuilder page = new StringBuilder();

	private final Command command;

	ManPages(Command command) {
		this.command = command;
	}

	/**
	 * Writes all pages.
	 * @param args the directory to write them to, and the version
	 */
	public static void main(String[] args) throws IOException {
		try (AtomicFileTemplate template = AtomicFileTemplate.create()) {
			for (Command command : Commands.all()) {
				Path file = Path.of(args[0], name(command) + ".1");
				WriteOptions options = WriteOptions.engineDefaults()
					.toBuilder()
					.safety(SafetyPolicy.BEST_EFFORT)
					.build();
				try (StagedWrite write = template.open(file, options)) {
					put(write.output(), new ManPages(command).format(args[1]));
					write.commit();
				}
			}
		}
	}

	private static void put(OutputStream out, String text) throws IOException {
		out.write(text.getBytes(StandardCharsets.UTF_8));
	}

	static String name(Command command) {
		return Commands.fullName(command).replace(' ', '-');
	}

	String format(String version) {
		String name = name(this.command);
		this.page.append(".TH ")
			.append(escaped(name.toUpperCase(Locale.ROOT)))
			.append(" 1 \"\" \"atomic\\-write ")
			.append(escaped(version))
			.append("\" \"atomic\\-write\"\n.nh\n.ad l\n");
		String first = this.command.description().get(0);
		section("NAME");
		this.page.append(escaped(name)).append(" \\- ").append(escaped(summary(first))).append('\n');
		section("SYNOPSIS");
		this.page.append(".B ")
			.append(escaped(Commands.fullName(this.command)))
			.append('\n')
			.append(escaped(this.command.synopsis()))
			.append('\n');
		section("DESCRIPTION");
		this.command.description().forEach((paragraph) -> this.page.append(".PP\n").append(line(paragraph)));
		arguments();
		options();
		statuses();
		examples();
		if (this.command.name().isEmpty()) {
			List.of("FILES", "ENVIRONMENT", "SECURITY", "LIMITATIONS").forEach(this::fixed);
		}
		seeAlso();
		return this.page.toString();
	}

	private static String summary(String sentence) {
		String words = sentence.substring(0, 1).toLowerCase(Locale.ROOT) + sentence.substring(1);
		return words.endsWith(".") ? words.substring(0, words.length() - 1) : words;
	}

	private void arguments() {
		section("ARGUMENTS");
		for (PositionalParamSpec parameter : this.command.parameters()) {
			item("\\fI" + escaped(parameter.paramLabel()) + "\\fR", parameter.description());
		}
	}

	private void options() {
		section("OPTIONS");
		for (OptionGroup group : this.command.groups()) {
			this.page.append(".SS ").append(escaped(group.heading())).append('\n');
			group.options().forEach(this::option);
		}
		this.page.append(".SS Other\n");
		Commands.spec(this.command)
			.options()
			.stream()
			.filter((option) -> option.usageHelp() || option.versionHelp())
			.forEach(this::option);
	}

	private void option(OptionSpec option) {
		String names = String.join("\\fR, \\fB", Arrays.stream(option.names()).map(ManPages::escaped).toList());
		String value = (option.arity().max() > 0) ? " \\fI" + escaped(option.paramLabel()) + "\\fR" : "";
		item("\\fB" + names + "\\fR" + value, option.description());
	}

	private void item(String term, String[] description) {
		this.page.append(".TP\n").append(term).append('\n');
		for (String text : description) {
			this.page.append(line(text));
		}
	}

	private void statuses() {
		section("EXIT STATUS");
		HelpText.statuses(this.command)
			.forEach((status, meaning) -> item("\\fB" + status + "\\fR", new String[] { meaning }));
	}

	private void examples() {
		section("EXAMPLES");
		this.command.examples()
			.forEach((example, what) -> this.page.append(".PP\n")
				.append(line(what))
				.append(".PP\n.nf\n.RS\n")
				.append(line(example))
				.append(".RE\n.fi\n"));
	}

	private void fixed(String title) {
		section(title);
		this.page.append(SECTIONS.get(title));
	}

	private void seeAlso() {
		section("SEE ALSO");
		String others = Commands.all()
			.stream()
			.filter((other) -> !other.name().equals(this.command.name()))
			.map((other) -> ".BR " + escaped(name(other)) + " (1)")
			.collect(Collectors.joining(",\n"));
		this.page.append(others).append('\n');
	}

	private void section(String title) {
		this.page.append(".SH ").append(title).append('\n');
	}

	private static String line(String text) {
		String escaped = escaped(text);
		return ((escaped.startsWith(".") || escaped.startsWith("'")) ? "\\&" + escaped : escaped) + "\n";
	}

	private static String escaped(String text) {
		return text.replace("\\", "\\e").replace("-", "\\-").replace("…", "...");
	}

}
