package io.atomicwrite.sample;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * A {@link DrillWriter} in a process of its own.
 */
final class DrillProcess implements AutoCloseable {

	private static final String LAUNCHER = "org.springframework.boot.loader.launch.PropertiesLauncher";

	private static final long START_NANOS = TimeUnit.SECONDS.toNanos(25);

	private final Process process;

	private final Thread reader;

	private final Map<String, Long> returned = new ConcurrentHashMap<>();

	private DrillProcess(Process process) {
		this.process = process;
		this.reader = new Thread(this::read, "crash-drill-output");
		this.reader.setDaemon(true);
		this.reader.start();
	}

	static DrillProcess start(Path directory) throws IOException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx128m",
						"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path")));
		if (isBootJar()) {
			command.addAll(List.of("-Dloader.main=" + DrillWriter.class.getName(), LAUNCHER));
		}
		else {
			command.add(DrillWriter.class.getName());
		}
		command.add(directory.toString());
		return new DrillProcess(new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
	}

	/** The classes of a boot jar are found by the launcher that it brings. */
	private static boolean isBootJar() {
		return ClassLoader.getSystemResource(LAUNCHER.replace('.', '/') + ".class") != null;
	}

	private void read() {
		try (BufferedReader lines = new BufferedReader(
				new InputStreamReader(this.process.getInputStream(), StandardCharsets.UTF_8))) {
			for (String line = lines.readLine(); line != null; line = lines.readLine()) {
				String[] words = line.split(" ");
				this.returned.put(words[0], Long.parseLong(words[1]));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Waits until both files have been written a few times.
	 * @throws IOException if that takes too long, or the process ends
	 */
	void awaitWrites(long times) throws IOException, InterruptedException {
		long begin = System.nanoTime();
		while (returned(DrillWriter.ATOMIC) < times || returned(DrillWriter.PLAIN) < times) {
			if (this.process.waitFor(10, TimeUnit.MILLISECONDS)) {
				throw new IOException("The writers have ended with status " + this.process.exitValue());
			}
			if (System.nanoTime() - begin > START_NANOS) {
				throw new IOException("The writers have written nothing for 25 s");
			}
		}
	}

	/** Lets the writers go on, then kills them: SIGKILL, which no process can handle. */
	void killAfter(long millis) throws InterruptedException {
		this.process.waitFor(millis, TimeUnit.MILLISECONDS);
		// Process.destroyForcibly also closes the output, which is still being read
		this.process.toHandle().destroyForcibly();
		this.process.waitFor();
		this.reader.join();
	}

	/** Returns the last generation whose write has returned. */
	long returned(String file) {
		return this.returned.getOrDefault(file, 0L);
	}

	long pid() {
		return this.process.pid();
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
	}

}
