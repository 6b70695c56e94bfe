package io.atomicwrite.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import org.jspecify.annotations.Nullable;

/**
 * Runs the command with random arguments, one after the other in one process whose
 * working directory may be littered. Prints each command line that ends in a stack trace
 * or with a status that is none, and at last how many were run.
 */
final class CommandLineFuzzer {

	static final String FAILED = "failed: ";

	static final String RUN = "run: ";

	/** How many of the words, the first ones, are names of commands. */
	private static final int COMMANDS = 17;

	private static final String[] WORDS = { "doctor", "housekeep", "verify", "inspect", "locks", "restore", "accept",
			"recover", "lock", "get", "set", "unset", "merge", "batch", "publish", "versions", "rollback", "help",
			"--help", "-h", "--version", "-V", "--stream", "--input", "-i", "--wait", "--no-wait", "--lock-file",
			"--lock-mode", "--hidden-companions", "--backup", "-b", "--backup-suffix", ".bak", "--backup-dir",
			"--backup-timestamp", "--backup-mode", "--keep", "--append", "--no-clobber", "--run-id", "--stamp-source",
			"--expect-digest", "--checksum", "sidecar", "attribute", "--verify", "--diff", "--dry-run", "-n", "--json",
			"-v", "-vv", "-q", "--all", "--tar", "--tar=d", "--all-or-nothing", "--clean-locks", "--clean-backups",
			"--older-than", "7d", "30m", "--keep-newest", "-r", "--allow-empty", "-m", "--mode", "--mode=", "-m0640",
			"-m9999", "0640", "--preserve-mode", "--preserve-owner", "--try-preserve-owner", "--no-preserve-owner",
			"07777777", "--safety", "--safety=warn", "--safety=best-effort", "STRICT", "warn", "-t", "-t0", "-t-1",
			"-t1e9", "--timeout", "--timeout=99999999999999999999", "0", "1", "-1", "NaN", "--require", "--require=",
			"--require=crash-durability", "--require=x=y", "crash-durability=best-effort", "=", "--rounds",
			"--rounds=-1", "--rounds=0", "f", "./f", "d/f", "d", ".", "..", "", " ", "--", "-", "---", "@f", "@.",
			"\u00e9", "\ud83d", "${sys:user.home}", "%s%n", "'", "\"", "a\nb", "\0", "x".repeat(200), "x".repeat(300),
			"f.yaml", "f.json", "f.toml", "f.properties", "a=1", "a.b=x", "a[0]=1", "a[+]=y", "a[-1]", "a", ".",
			"a..b=1", "\"a", "--format", "yaml", "json", "toml", "properties", "--format=yaml", "--string",
			"--json-values", "--value-file", "--value-file=a=f", "--create", "--formatting=rewrite",
			"--formatting=require-minimal", "--schema=f.json", "--patch-format=yaml", "--default=x", "f.lock",
			"/dev/null", "/proc/self/mem", "/missing/f" };

	private final Random random;

	private CommandLineFuzzer(long seed) {
		this.random = new Random(seed);
	}

	public static void main(String[] args) throws Exception {
		PrintStream out = System.out;
		CommandLineFuzzer fuzzer = new CommandLineFuzzer(Long.parseLong(args[0]));
		int count = Integer.parseInt(args[1]);
		int[] statuses = new int[4];
		for (int i = 0; i < count; i++) {
			String[] line = fuzzer.commandLine();
			String fault = fuzzer.run(line, statuses);
			if (fault != null) {
				out.println(FAILED + Arrays.toString(line).replace("\n", "\\n") + " -> " + fault.replace("\n", " | "));
			}
		}
		out.println(RUN + count + " " + Arrays.toString(statuses));
	}

	private String[] commandLine() {
		List<String> words = new ArrayList<>();
		for (int left = this.random.nextInt(7); left > 0; left--) {
			words.add(word());
		}
		if (this.random.nextInt(3) == 0) {
			words.add(0, WORDS[this.random.nextInt(COMMANDS)]);
		}
		// waits for others that never come, or starts a process of its own
		if (this.random.nextInt(400) == 0) {
			words.addAll(1 % (words.size() + 1), List.of("--overlap", "2", "-t", "0"));
		}
		if (this.random.nextInt(1000) == 0) {
			words.add("--probe");
		}
		return words.toArray(String[]::new);
	}

	private String word() {
		String word = WORDS[this.random.nextInt(WORDS.length)];
		return switch (this.random.nextInt(12)) {
			case 0 -> changed(word);
			case 1 -> "-" + changed(word);
			case 2 -> word + "=" + WORDS[this.random.nextInt(WORDS.length)];
			default -> word;
		};
	}

	private String changed(String word) {
		StringBuilder text = new StringBuilder(word);
		for (int left = 1 + this.random.nextInt(3); left > 0; left--) {
			char c = (char) (this.random.nextInt(10) == 0 ? this.random.nextInt(0x10000) : this.random.nextInt(0x80));
			// nothing that leaves the working directory or waits for others
			text.insert(this.random.nextInt(text.length() + 1), ("/op".indexOf(c) >= 0) ? '_' : c);
		}
		return text.toString();
	}

	/** Runs one command line; returns what is wrong with how it ended. */
	private @Nullable String run(String[] args, int[] statuses) {
		ByteArrayOutputStream said = new ByteArrayOutputStream();
		PrintStream capture = new PrintStream(said, true, StandardCharsets.UTF_8);
		InputStream in = System.in;
		System.setIn(new ByteArrayInputStream(new byte[this.random.nextInt(3)]));
		Reporter reporter = new Reporter(capture);
		try {
			reporter.foresee(args);
			int status = AtomicWrite.run(args, new Session(reporter, new Interruption(), capture));
			// that of the command which a lock runs for, which is not found
			boolean found = status != 127 && status != 126;
			if (found && (status < 0 || status > 3)) {
				return "status " + status;
			}
			statuses[found ? status : 1]++;
		}
		catch (RuntimeException | StackOverflowError ex) {
			return "thrown " + ex;
		}
		finally {
			System.setIn(in);
		}
		String text = said.toString(StandardCharsets.UTF_8);
		// a stack is shown to those who ask for one, below the message
		boolean asked = reporter.reports(Reporter.Level.DEBUG);
		return (text.contains("\tat ") || (text.contains("Exception") && !asked))
				? text.substring(0, Math.min(300, text.length())) : null;
	}

}
