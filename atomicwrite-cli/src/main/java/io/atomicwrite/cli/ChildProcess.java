package io.atomicwrite.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.atomicwrite.fs.FileOps;

/**
 * The command that runs under the lock. Gets the signals that we get, and the environment
 * as it was before the launcher.
 */
final class ChildProcess {

	private static final int NOT_RUNNABLE = 126;

	private static final int NOT_FOUND = 127;

	/** How the launcher keeps a variable that it has changed, and what it had. */
	private static final String KEPT = "ATOMIC_WRITE_KEPT_";

	private static final Path STATUS = Path.of("/proc/self/stat");

	private static final int GROUP = 2;

	private static final int FOREGROUND = 5;

	private final ProcessBuilder builder;

	ChildProcess(List<String> command, Path leased) {
		this.builder = new ProcessBuilder(command).inheritIO();
		Map<String, String> environment = this.builder.environment();
		restore(environment);
		environment.put(InheritedLocks.VARIABLE, InheritedLocks.value(ProcessHandle.current().pid(), leased));
	}

	private static void restore(Map<String, String> environment) {
		for (String name : List.copyOf(environment.keySet())) {
			if (name.startsWith(KEPT)) {
				String value = String.valueOf(environment.remove(name));
				// the first character says whether there was a value
				if (value.startsWith("=")) {
					environment.put(name.substring(KEPT.length()), value.substring(1));
				}
				else {
					environment.remove(name.substring(KEPT.length()));
				}
			}
		}
	}

	/** Runs it to its end and returns its status. */
	int run(Session session) throws IOException {
		CompletableFuture<Process> started = new CompletableFuture<>();
		// before the command runs: a signal must never end us and leave it without the
		// lock
		Signals.handle((name) -> passOn(name, started));
		Process process;
		try {
			process = this.builder.start();
			started.complete(process);
		}
		catch (IOException ex) {
			String command = this.builder.command().get(0);
			boolean missing = String.valueOf(ex.getMessage()).contains("No such file or directory");
			session.reporter()
				.error(Failure.of(command, missing ? "command not found" : "Permission denied", null,
						missing ? NOT_FOUND : NOT_RUNNABLE, ex));
			return missing ? NOT_FOUND : NOT_RUNNABLE;
		}
		for (;;) {
			try {
				return process.waitFor();
			}
			catch (InterruptedException ex) {
				// the command ends first
			}
		}
	}

	/**
	 * A key of the terminal reaches the whole group: a command that runs has had that
	 * signal. One that is about to start gets it then.
	 */
	private static void passOn(String signal, CompletableFuture<Process> started) {
		if (!started.isDone() || !signal.equals("INT") || !isInForeground()) {
			started.thenAccept((process) -> send(signal, process));
		}
	}

	private static void send(String signal, Process process) {
		try {
			new ProcessBuilder("kill", "-s", signal, String.valueOf(process.pid())).inheritIO().start().waitFor();
		}
		catch (IOException ex) {
			process.destroy();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static boolean isInForeground() {
		try (InputStream in = FileOps.system().openRead(STATUS)) {
			String status = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
			String[] fields = status.substring(status.lastIndexOf(')') + 2).split(" ");
			return fields[GROUP].equals(fields[FOREGROUND]);
		}
		catch (IOException ex) {
			return false;
		}
	}

}
