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
		enterDirectory(this.builder);
		Map<String, String> environment = this.builder.environment();
		restore(environment);
		environment.put(InheritedLocks.VARIABLE, InheritedLocks.value(ProcessHandle.current().pid(), leased));
	}

	/** The caller's, also where it was deleted and this process runs in another. */
	private static void enterDirectory(ProcessBuilder builder) {
		String descriptor = System.getProperty(FileName.DIRECTORY_GONE);
		if (descriptor == null) {
			return;
		}
		if (descriptor.isEmpty()) {
			throw Failure.of("", "the working directory was deleted, and the command can't run in it",
					"change to one that exists");
		}
		// by the process itself: the child closes its descriptors first
		builder.directory(Path.of("/proc/" + ProcessHandle.current().pid() + "/fd/" + descriptor).toFile());
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
			boolean missing = String.valueOf(ex.getMessage()).contains("No such file or directory")
					|| !isOnThePath(command);
			int status = missing ? NOT_FOUND : NOT_RUNNABLE;
			session.reporter()
				.error(Failure.withStatus(status, command, missing ? "command not found" : "Permission denied"));
			return status;
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
	 * Whether there is such a command. {@code execvp(3)} reports "Permission denied" also
	 * where a directory of PATH can't be searched and no other has the command.
	 */
	private static boolean isOnThePath(String command) {
		if (command.indexOf('/') >= 0) {
			return true;
		}
		if (command.indexOf('\0') >= 0) {
			// no file has such a name
			return false;
		}
		String path = System.getenv("PATH");
		for (String directory : ((path != null) ? path : "").split(":", -1)) {
			if (isThere(Path.of(directory, command))) {
				return true;
			}
		}
		return false;
	}

	private static boolean isThere(Path command) {
		try {
			return FileOps.system().exists(command);
		}
		catch (IOException ex) {
			// a directory that can't be searched has no command for this user
			return false;
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
