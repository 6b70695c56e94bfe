package io.atomicwrite.sample;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import io.atomicwrite.lock.LockLease;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.lock.LockRequest;

/**
 * A process that holds the lease of a file until a command releases it.
 */
final class LockHolder implements AutoCloseable {

	private static final String HELD = "held";

	private final Process process;

	private LockHolder(Process process) {
		this.process = process;
	}

	static LockHolder start(Path file) throws IOException {
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
				System.getProperty("java.class.path"), LockHolder.class.getName(), file.toString())
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start();
		BufferedReader out = new BufferedReader(
				new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
		if (!HELD.equals(out.readLine())) {
			process.destroyForcibly();
			throw new IOException("the other process does not hold the lease of " + file);
		}
		return new LockHolder(process);
	}

	/**
	 * Lets the lease go and waits for the end of the process.
	 */
	@Override
	public void close() throws IOException {
		this.process.getOutputStream().close();
		this.process.onExit().join();
	}

	/**
	 * Holds a lease until the end of its input.
	 * @param args the file
	 * @throws IOException if the input fails
	 */
	public static void main(String[] args) throws IOException {
		try (LockRegistry locks = LockRegistry.file();
				LockLease lease = locks.acquire(Path.of(args[0]), LockRequest.failFast())) {
			System.out.println(HELD);
			System.in.read();
		}
	}

}
