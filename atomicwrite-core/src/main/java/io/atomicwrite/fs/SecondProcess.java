package io.atomicwrite.fs;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.atomicwrite.isolation.DaemonCalls;

/**
 * A second process that tries to lock a file, as another program would. It runs its one
 * class from the jar or directory that has it or, where an application is packaged so
 * that Java alone can't, from a copy in the directory for temporary files.
 */
public final class SecondProcess implements AutoCloseable {

	/** The answer of a process that got the lock, and released it at once. */
	public static final String ACQUIRED = "acquired";

	/** The answer of a process that was excluded. */
	public static final String BUSY = "busy";

	private static final Duration END = Duration.ofSeconds(5);

	/** What is deleted at the end. */
	private final Optional<Path> copied;

	private final Process process;

	private final BufferedReader answers;

	private SecondProcess(Optional<Path> copied, Process process) {
		this.copied = copied;
		this.process = process;
		this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
	}

	/**
	 * Starts a process that tries to lock a file.
	 * @param file the file
	 * @return the process
	 * @throws IOException if it can't be started, as in an image without a {@code java}
	 * command
	 */
	public static SecondProcess lock(Path file) throws IOException {
		Optional<Path> packaged = packaging();
		if (packaged.isPresent()) {
			return new SecondProcess(Optional.empty(), start(packaged.get(), file));
		}
		Path copy = Files.createTempDirectory("atomicwrite");
		try {
			copyClass(copy);
			return new SecondProcess(Optional.of(copy), start(copy, file));
		}
		catch (Throwable ex) {
			deleteClass(copy);
			throw ex;
		}
	}

	private static Process start(Path classes, Path file) throws IOException {
		Path java = Path.of(System.getProperty("java.home"), "bin", "java");
		// nor does it leave files of its own
		ProcessBuilder builder = new ProcessBuilder(List.of(java.toString(), "-Xmx32m", "-XX:+UseSerialGC",
				"-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "-XX:ErrorFile=/dev/null", "-cp", classes.toString(),
				LockPeer.class.getName(), file.toString()));
		Map<String, String> environment = builder.environment();
		environment.keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
		return builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
	}

	/** Returns the jar or directory that the class was loaded from, if it is one file. */
	private static Optional<Path> packaging() {
		CodeSource source = LockPeer.class.getProtectionDomain().getCodeSource();
		URL location = (source != null) ? source.getLocation() : null;
		if (location == null || !location.getProtocol().equals("file")) {
			return Optional.empty();
		}
		try {
			Path path = Path.of(location.toURI());
			// Java would take it for two
			return path.toString().contains(File.pathSeparator) ? Optional.empty() : Optional.of(path);
		}
		catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException ex) {
			return Optional.empty();
		}
	}

	private static Path classFile(Path classes) {
		return classes.resolve(LockPeer.class.getName().replace('.', '/') + ".class");
	}

	/** The text of the answers is a constant that the compiler has put into the class. */
	private static void copyClass(Path classes) throws IOException {
		Path file = classFile(classes);
		Files.createDirectories(file.getParent());
		try (InputStream in = LockPeer.class.getResourceAsStream("LockPeer.class")) {
			if (in == null) {
				throw new IOException("the class of the second process was not found");
			}
			Files.copy(in, file);
		}
	}

	private static void deleteClass(Path classes) {
		try {
			Path next = classFile(classes);
			while (next != null && next.startsWith(classes)) {
				Files.deleteIfExists(next);
				next = next.getParent();
			}
		}
		catch (IOException ex) {
			// in the directory for temporary files, which the system clears
		}
	}

	/**
	 * Waits for an answer.
	 * @param patience the longest wait
	 * @return {@link #ACQUIRED}, {@link #BUSY}, or what went wrong
	 */
	public String answer(Duration patience) {
		CompletableFuture<String> answer = CompletableFuture.supplyAsync(this::readAnswer, SecondProcess::inOwnThread);
		try {
			return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return "interrupted";
		}
		catch (TimeoutException ex) {
			return "no answer within " + patience.toSeconds() + " s";
		}
		catch (ExecutionException ex) {
			return String.valueOf(ex.getCause());
		}
	}

	/** Not in the common pool, whose few threads may all wait for something else. */
	private static void inOwnThread(Runnable task) {
		DaemonCalls.start("atomicwrite-second-process", task);
	}

	private String readAnswer() {
		try {
			String line = this.answers.readLine();
			return (line != null) ? line : "the second process ended without an answer";
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Lets it try once more.
	 * @throws IOException if it has ended
	 */
	public void again() throws IOException {
		this.process.getOutputStream().write('\n');
		this.process.getOutputStream().flush();
	}

	@Override
	public void close() {
		try {
			// until then it keeps the working directory of its filesystem busy
			this.process.destroyForcibly().waitFor(END.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		this.copied.ifPresent(SecondProcess::deleteClass);
	}

}
