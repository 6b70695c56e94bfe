package io.atomicwrite.test;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.atomicwrite.fs.NativeCalls;
import org.jspecify.annotations.Nullable;

/**
 * A second JVM with a main class of the test class path. Commands go in and answers come
 * out as lines; what else it prints is shown when an answer is missing.
 */
public final class ForkedJvm implements AutoCloseable {

	private static final String ANSWER = "> ";

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final Process process;

	private final PrintStream input;

	private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

	private final Queue<String> noise = new ConcurrentLinkedQueue<>();

	private ForkedJvm(Process process) {
		this.process = process;
		this.input = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
		Thread reader = new Thread(this::readOutput, "output of " + process.pid());
		reader.setDaemon(true);
		reader.start();
	}

	/**
	 * Starts a JVM like this one.
	 * @param main the class with the main method
	 * @param args its arguments
	 * @return the running process
	 */
	public static ForkedJvm start(Class<?> main, String... args) {
		return start(List.of(), classPath(), main, args);
	}

	/**
	 * Starts a JVM like this one, or one without native calls.
	 * @param calls whether it makes native calls
	 * @param main the class with the main method
	 * @param args its arguments
	 * @return the running process
	 */
	public static ForkedJvm start(Calls calls, Class<?> main, String... args) {
		return start(List.of(), calls, classPath(), main, args);
	}

	/**
	 * Starts a JVM like this one through another command, such as {@code setpriv}.
	 * @param command the words before {@code java}
	 * @param classPath the class path
	 * @param main the class with the main method
	 * @param args its arguments
	 * @return the running process
	 */
	public static ForkedJvm start(List<String> command, String classPath, Class<?> main, String... args) {
		return start(command, Calls.LIKE_THIS, classPath, main, args);
	}

	private static ForkedJvm start(List<String> command, Calls calls, String classPath, Class<?> main, String... args) {
		List<String> words = new ArrayList<>(command);
		words.addAll(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx64m",
				"-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"));
		if (calls == Calls.LIKE_THIS && NativeCalls.status().used()) {
			words.add("--enable-native-access=ALL-UNNAMED");
		}
		words.addAll(List.of("-cp", classPath, main.getName()));
		words.addAll(List.of(args));
		return command(words);
	}

	/**
	 * Starts another program that answers in the same way, with lines after {@code "> "}.
	 * @param words the program and its arguments
	 * @return the running process
	 */
	public static ForkedJvm command(List<String> words) {
		try {
			return new ForkedJvm(new ProcessBuilder(words).redirectErrorStream(true).start());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Returns the class path of the tests.
	 * @return the class path
	 */
	public static String classPath() {
		return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
	}

	/**
	 * Answers from inside of a forked JVM.
	 * @param line the answer
	 */
	public static void reply(String line) {
		System.out.println(ANSWER + line);
		System.out.flush();
	}

	private void readOutput() {
		try (BufferedReader output = new BufferedReader(
				new InputStreamReader(this.process.getInputStream(), StandardCharsets.UTF_8))) {
			for (String line = output.readLine(); line != null; line = output.readLine()) {
				if (line.startsWith(ANSWER)) {
					this.answers.add(line.substring(ANSWER.length()));
				}
				else {
					this.noise.add(line);
				}
			}
		}
		catch (IOException ex) {
			this.noise.add(ex.toString());
		}
	}

	/**
	 * Sends a command and waits for its answer.
	 * @param command the command
	 * @return the answer
	 */
	public String ask(String command) {
		tell(command);
		return answer();
	}

	/**
	 * Sends a command.
	 * @param command the command
	 */
	public void tell(String command) {
		this.input.println(command);
	}

	/**
	 * Waits for the next answer.
	 * @return the answer
	 */
	public String answer() {
		String answer = answer(PATIENCE);
		if (answer == null) {
			throw new AssertionError("no answer from process " + pid() + (this.process.isAlive() ? "" : ", which ended")
					+ ":\n" + String.join("\n", this.noise));
		}
		return answer;
	}

	/**
	 * Waits for the next answer for a limited time.
	 * @param patience the longest wait
	 * @return the answer, or {@code null} if there is none
	 */
	public @Nullable String answer(Duration patience) {
		try {
			return this.answers.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			throw new AssertionError("interrupted while waiting for an answer", ex);
		}
	}

	/**
	 * Returns the process id.
	 * @return the id
	 */
	public long pid() {
		return this.process.pid();
	}

	/**
	 * Returns the processor time that the process has used, to 10 ms on Linux.
	 * @return the time
	 */
	public Duration cpuTime() {
		return this.process.info().totalCpuDuration().orElseThrow();
	}

	/**
	 * Returns whether the process runs.
	 * @return whether it does
	 */
	public boolean isAlive() {
		return this.process.isAlive();
	}

	/**
	 * Waits for the process to end by itself.
	 * @return its exit code
	 */
	public int join() {
		try {
			if (!this.process.waitFor(PATIENCE.toSeconds() * 10, TimeUnit.SECONDS)) {
				throw new AssertionError("process " + pid() + " does not end");
			}
			return this.process.exitValue();
		}
		catch (InterruptedException ex) {
			throw new AssertionError("interrupted while waiting for a process", ex);
		}
	}

	/**
	 * Returns what it printed besides its answers.
	 * @return the lines
	 */
	public String output() {
		return String.join("\n", this.noise);
	}

	/**
	 * Ends the process with SIGKILL and waits for its end.
	 */
	public void kill() {
		this.process.destroyForcibly();
		join();
	}

	@Override
	public void close() {
		kill();
	}

	/** What the operations of a JVM are. */
	public enum Calls {

		/** Native calls if this JVM makes them. */
		LIKE_THIS,

		/** Those of {@code java.nio}. */
		OF_THE_JDK

	}

}
