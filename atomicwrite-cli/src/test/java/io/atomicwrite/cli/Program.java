package io.atomicwrite.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A Java program in a process of its own, with its output in files.
 */
final class Program implements AutoCloseable {

	static final Duration LONG = Duration.ofSeconds(30);

	private final Process process;

	private final Path out;

	private final Path err;

	private Program(Process process, Path out, Path err) {
		this.process = process;
		this.out = out;
		this.err = err;
	}

	/** Starts the command. */
	static Program atomicWrite(Path logs, String... args) throws IOException {
		return start(logs, Map.of(), java(AtomicWrite.class, args));
	}

	/**
	 * Starts another process that holds the lock of a target, and waits until it does.
	 */
	static Program lockHolder(Path logs, Path target) throws IOException {
		Program holder = start(logs, Map.of(), java(LockHolder.class, target.toString()));
		Awaitility.await().atMost(LONG).until(() -> holder.out().startsWith(LockHolder.HELD));
		return holder;
	}

	static List<String> java(Class<?> main, String... args) {
		List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin/java").toString(),
				"-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), main.getName()));
		command.addAll(List.of(args));
		return command;
	}

	static Program start(Path logs, Map<String, String> environment, List<String> command) throws IOException {
		Path out = Files.createTempFile(logs, "out", ".txt");
		Path err = Files.createTempFile(logs, "err", ".txt");
		ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
		builder.environment().putAll(Map.of("LC_ALL", "C.UTF-8"));
		builder.environment().putAll(environment);
		return new Program(builder.start(), out, err);
	}

	/** Gives it input without an end. */
	Program typed(byte[] input) throws IOException {
		OutputStream stdin = this.process.getOutputStream();
		stdin.write(input);
		stdin.flush();
		return this;
	}

	/** Gives it the whole input. */
	Program input(byte... input) throws IOException {
		try (OutputStream stdin = this.process.getOutputStream()) {
			stdin.write(input);
		}
		catch (IOException ex) {
			// it has ended without reading
		}
		return this;
	}

	Program signal(String name) throws IOException, InterruptedException {
		int status = new ProcessBuilder("sh", "-c", "kill -" + name + " " + this.process.pid()).start().waitFor();
		assertThat(status).isZero();
		return this;
	}

	long pid() {
		return this.process.pid();
	}

	boolean isAlive() {
		return this.process.isAlive();
	}

	int status() throws InterruptedException {
		assertThat(this.process.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).as("ends").isTrue();
		return this.process.exitValue();
	}

	String out() {
		return read(this.out);
	}

	String err() {
		return read(this.err);
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
	}

}
