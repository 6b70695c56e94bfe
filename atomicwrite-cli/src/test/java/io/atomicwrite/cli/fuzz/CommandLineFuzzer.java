package io.atomicwrite.cli.fuzz;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import io.atomicwrite.cli.AtomicWriteCommand;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/**
 * Runs the command with random arguments, one after the other in one process whose
 * working directory may be littered. Prints each command line that ends in a stack trace
 * or with a status that is none, and at last how many were run.
 */
final class CommandLineFuzzer {

	static final String FAILED = "failed: ";

	static final String RUN = "run: ";

	private static final String[] WORDS = { "doctor", "help", "--help", "-h", "--version", "-V", "--stream",
			"--allow-empty", "-m", "--mode", "--mode=", "-m0640", "-m9999", "0640", "preserve", "07777777", "--safety",
			"--safety=warn", "--safety=best-effort", "STRICT", "warn", "--no-lock", "--fail-fast", "-t", "-t0", "-t-1",
			"-t1e9", "--timeout", "--timeout=99999999999999999999", "0", "1", "-1", "NaN", "--require", "--require=",
			"--require=crash-durability", "--require=x=y", "crash-durability=best-effort", "=", "--rounds",
			"--rounds=-1", "--rounds=0", "f", "./f", "d/f", "d", ".", "..", "", " ", "--", "-", "---", "\u00e9",
			"\ud83d", "${sys:user.home}", "%s%n", "'", "\"", "a\nb", "\0", "x".repeat(200), "f.lock", "/dev/null",
			"/proc/self/mem", "/missing/f" };

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
			words.add(0, "doctor");
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
			// nothing that leaves the working directory, waits for others or names a file
			// of
			// arguments
			text.insert(this.random.nextInt(text.length() + 1), ("/op@".indexOf(c) >= 0) ? '_' : c);
		}
		return text.toString();
	}

	/** Runs one command line; returns what is wrong with how it ended. */
	private @Nullable String run(String[] args, int[] statuses) throws Exception {
		ByteArrayOutputStream said = new ByteArrayOutputStream();
		PrintStream capture = new PrintStream(said, true, StandardCharsets.UTF_8);
		PrintStream out = System.out;
		PrintStream err = System.err;
		InputStream in = System.in;
		System.setOut(capture);
		System.setErr(capture);
		System.setIn(new ByteArrayInputStream(new byte[this.random.nextInt(3)]));
		try {
			CommandLine command = command();
			command.setOut(new PrintWriter(capture, true)).setErr(new PrintWriter(capture, true));
			int status = command.execute(args);
			if (status < 0 || status > 3) {
				return "status " + status;
			}
			statuses[status]++;
		}
		catch (Exception | StackOverflowError ex) {
			return "thrown " + ex;
		}
		finally {
			System.setOut(out);
			System.setErr(err);
			System.setIn(in);
		}
		String text = said.toString(StandardCharsets.UTF_8);
		return text.contains("\tat ") ? text.substring(0, Math.min(300, text.length())) : null;
	}

	/** As main makes it: main itself ends the process. */
	private static CommandLine command() throws ReflectiveOperationException {
		Constructor<?> constructor = AtomicWriteCommand.class.getDeclaredConstructors()[0];
		constructor.setAccessible(true);
		Constructor<?> write = constructor.getParameterTypes()[0].getDeclaredConstructor();
		write.setAccessible(true);
		Method commandLine = AtomicWriteCommand.class.getDeclaredMethod("commandLine");
		commandLine.setAccessible(true);
		return (CommandLine) commandLine.invoke(constructor.newInstance(write.newInstance()));
	}

}
