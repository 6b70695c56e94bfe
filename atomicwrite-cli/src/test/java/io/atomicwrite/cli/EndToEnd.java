package io.atomicwrite.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the program as it is installed: its launcher in processes of its own, called
 * by scripts in a directory of their own.
 */
abstract class EndToEnd {

	static final Path IMAGE = Path.of(System.getProperty("atomicwrite.image", "target/atomic-write")).toAbsolutePath();

	static final long LONG_SECONDS = 120;

	@TempDir
	Path logs;

	@TempDir
	Path directory;

	@BeforeAll
	static void requireImage() {
		assertThat(IMAGE.resolve("bin/atomic-write")).as("package the module first").isExecutable();
	}

	static ProcessBuilder builder(String... command) {
		// what a build in the background or below nohup ignores, its children would too
		List<String> words = new ArrayList<>(List.of("env", "--default-signal=HUP,INT,TERM"));
		words.addAll(List.of(command));
		if (command[0].equals("atomic-write")) {
			// the PATH of this process counts for it, not that of the environment
			words.set(2, IMAGE.resolve("bin/atomic-write").toString());
		}
		ProcessBuilder builder = new ProcessBuilder(words);
		builder.environment().put("PATH", IMAGE.resolve("bin") + ":" + System.getenv("PATH"));
		builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
		builder.environment().remove("JAVA_TOOL_OPTIONS");
		return builder;
	}

	/** Waits as long as for the end of a script. */
	static ConditionFactory patiently() {
		return Awaitility.await().atMost(Duration.ofSeconds(LONG_SECONDS));
	}

	/** Runs a script to its end. */
	Result sh(String script) {
		return run("sh", "-c", script);
	}

	Result run(String... command) {
		try (Running running = start(command)) {
			return running.end();
		}
	}

	/**
	 * Starts a script, with a standard input that stays open. What it prints is appended:
	 * where a file was truncated, ext4 writes it out at its close, and the end of the
	 * process waits for the disk.
	 */
	Running start(String... command) {
		try {
			Path out = Files.createTempFile(this.logs, "out", "");
			Path err = Files.createTempFile(this.logs, "err", "");
			ProcessBuilder builder = builder(command).directory(this.directory.toFile())
				.redirectOutput(Redirect.appendTo(out.toFile()))
				.redirectError(Redirect.appendTo(err.toFile()));
			return new Running(builder.start(), out, err);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	Path file(String name) {
		return this.directory.resolve(name);
	}

	Path write(String name, String content) throws IOException {
		return Files.writeString(file(name), content);
	}

	/** What lies in the directory. */
	List<String> names() {
		return names(this.directory);
	}

	static List<String> names(Path directory) {
		try (Stream<Path> files = Files.list(directory)) {
			return files.map((file) -> file.getFileName().toString()).sorted().toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * The result of a script.
	 *
	 * @param status its exit status
	 * @param out its standard output
	 * @param err its standard error
	 */
	record Result(int status, String out, String err) {

		Result succeeds() {
			assertThat(this.status).as(this.out + this.err).isZero();
			return this;
		}

		Result silent() {
			succeeds();
			assertThat(this.out).isEmpty();
			assertThat(this.err).isEmpty();
			return this;
		}

		Result fails(int expected, String message) {
			assertThat(this.status).as(this.out + this.err).isEqualTo(expected);
			assertThat(this.err).startsWith("Error: ").contains(message).doesNotContain("Exception");
			return this;
		}

	}

	/**
	 * A script that runs.
	 */
	static final class Running implements AutoCloseable {

		private final Process process;

		private final Path out;

		private final Path err;

		Running(Process process, Path out, Path err) {
			this.process = process;
			this.out = out;
			this.err = err;
		}

		Running type(byte[] input) throws IOException {
			this.process.getOutputStream().write(input);
			this.process.getOutputStream().flush();
			return this;
		}

		Running endInput() {
			try {
				this.process.getOutputStream().close();
			}
			catch (IOException ex) {
				// it has ended without reading
			}
			return this;
		}

		Running signal(String name) throws Exception {
			assertThat(new ProcessBuilder("sh", "-c", "kill -" + name + " " + this.process.pid()).start().waitFor())
				.isZero();
			return this;
		}

		/** SIGTERM, at once. */
		Running terminate() {
			this.process.destroy();
			return this;
		}

		/** SIGKILL, if it has not ended meanwhile. */
		void kill() {
			this.process.destroyForcibly();
		}

		long pid() {
			return this.process.pid();
		}

		boolean endsWithin(long nanos) throws InterruptedException {
			return this.process.waitFor(nanos, TimeUnit.NANOSECONDS);
		}

		boolean isAlive() {
			return this.process.isAlive();
		}

		String out() {
			return read(this.out);
		}

		String err() {
			return read(this.err);
		}

		Result end() {
			endInput();
			return endAsItIs();
		}

		/** Waits for the end and leaves the input open. */
		Result endAsItIs() {
			return endWithin(LONG_SECONDS);
		}

		/** Waits that long for the end, and leaves the input open. */
		Result endWithin(long seconds) {
			try {
				assertThat(this.process.waitFor(seconds, TimeUnit.SECONDS)).as("ends: " + out() + err()).isTrue();
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
			return new Result(this.process.exitValue(), out(), err());
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
			this.process.descendants().forEach(ProcessHandle::destroyForcibly);
			this.process.destroyForcibly();
		}

	}

}
