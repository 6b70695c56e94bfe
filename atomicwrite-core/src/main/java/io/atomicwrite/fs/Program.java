package io.atomicwrite.fs;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A program of the system, by its name in the usual directories: not by {@code PATH},
 * which whoever starts the JVM may have set.
 */
final class Program {

	private static final List<Path> DIRECTORIES = List.of(Path.of("/usr/bin"), Path.of("/bin"), Path.of("/usr/sbin"),
			Path.of("/sbin"), Path.of("/run/current-system/sw/bin"));

	private static final File NOTHING = new File("/dev/null");

	private final String name;

	private final Optional<Path> path;

	private volatile boolean unfit;

	private Program(String name, Optional<Path> path) {
		this.name = name;
		this.path = path;
	}

	static Program find(String name) {
		return new Program(name,
				DIRECTORIES.stream()
					.map((directory) -> directory.resolve(name))
					.filter(Files::isExecutable)
					.findFirst());
	}

	String name() {
		return this.name;
	}

	boolean isUsable() {
		return this.path.isPresent() && !this.unfit;
	}

	/** Notes that it is another program than the one that is meant. */
	void notUsable() {
		this.unfit = true;
	}

	/** Starts it; what it prints is to be read with {@link Run#end()}. */
	Run start(String... arguments) throws IOException {
		List<String> command = new ArrayList<>();
		command.add(this.path.orElseThrow(() -> new IOException(this.name + " was not found")).toString());
		command.addAll(List.of(arguments));
		ProcessBuilder builder = new ProcessBuilder(command).redirectInput(NOTHING).redirectErrorStream(true);
		builder.environment().clear();
		builder.environment().put("LC_ALL", "C");
		return new Run(builder.start());
	}

	/** Runs it to its end, and requires that it succeeds. */
	void run(String... arguments) throws IOException {
		Result result = start(arguments).end();
		if (result.status != 0) {
			throw new IOException(this.name + " failed: " + result.output.strip());
		}
	}

	/**
	 * A running program.
	 *
	 * @param process the process
	 */
	record Run(Process process) {

		/** Waits for its end, which no interrupt of the thread changes. */
		Result end() throws IOException {
			String output = new String(this.process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			return new Result(exitStatus(), output);
		}

		/** Not by {@code onExit()}, which takes a thread of the pool that all share. */
		private int exitStatus() {
			boolean interrupted = false;
			try {
				while (true) {
					try {
						return this.process.waitFor();
					}
					catch (InterruptedException ex) {
						interrupted = true;
					}
				}
			}
			finally {
				if (interrupted) {
					Thread.currentThread().interrupt();
				}
			}
		}

	}

	/**
	 * What a program ended with.
	 *
	 * @param status its exit status
	 * @param output what it printed, errors too
	 */
	record Result(int status, String output) {
	}

}
