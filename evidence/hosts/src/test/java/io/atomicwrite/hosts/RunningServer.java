package io.atomicwrite.hosts;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import static org.awaitility.Awaitility.await;

/**
 * The server of a lock engine, on a free port of this machine, until it is closed.
 */
public final class RunningServer implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final int port = freePort();

	private final Process process;

	private RunningServer(List<String> command) throws IOException {
		List<String> filled = command.stream().map((word) -> word.replace("PORT", "" + this.port)).toList();
		this.process = new ProcessBuilder(filled).directory(Path.of("/").toFile())
			.redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.start();
		boolean up = false;
		try {
			await().atMost(PATIENCE).until(this::answers);
			up = true;
		}
		finally {
			if (!up) {
				close();
			}
		}
	}

	/**
	 * Starts redis.
	 * @param data an empty directory
	 * @return the server
	 * @throws IOException if it does not start
	 */
	public static RunningServer redis(Path data) throws IOException {
		return new RunningServer(List.of("redis-server", "--port", "PORT", "--bind", "127.0.0.1", "--save", "",
				"--appendonly", "no", "--dir", data.toString()));
	}

	/**
	 * Starts etcd.
	 * @param data an empty directory
	 * @return the server
	 * @throws IOException if it does not start
	 */
	public static RunningServer etcd(Path data) throws IOException {
		String peer = "http://127.0.0.1:" + freePort();
		return new RunningServer(List.of("etcd", "--data-dir", data.resolve("etcd").toString(), "--listen-client-urls",
				"http://127.0.0.1:PORT", "--advertise-client-urls", "http://127.0.0.1:PORT", "--listen-peer-urls", peer,
				"--initial-advertise-peer-urls", peer, "--initial-cluster", "default=" + peer, "--heartbeat-interval",
				"50", "--election-timeout", "500"));
	}

	/**
	 * Starts PostgreSQL with the tables, as the user {@code postgres} where this is root.
	 * @param data an empty directory
	 * @return the server
	 * @throws Exception if it does not start
	 */
	public static RunningServer postgres(Path data) throws Exception {
		Path programs = programs();
		Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx------"));
		List<String> prefix = List.of();
		if (System.getProperty("user.name").equals("root")) {
			Files.setOwner(data,
					FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName("postgres"));
			prefix = List.of("setpriv", "--reuid", "postgres", "--regid", "postgres", "--init-groups");
		}
		List<String> make = new ArrayList<>(prefix);
		make.addAll(List.of(programs.resolve("initdb").toString(), "-D", data.toString(), "-A", "trust", "-U",
				"postgres", "--no-sync"));
		if (new ProcessBuilder(make).directory(Path.of("/").toFile()).inheritIO().start().waitFor() != 0) {
			throw new IOException("initdb failed");
		}
		List<String> command = new ArrayList<>(prefix);
		command.addAll(List.of(programs.resolve("postgres").toString(), "-D", data.toString(), "-p", "PORT", "-h",
				"127.0.0.1", "-k", data.toString()));
		RunningServer server = new RunningServer(command);
		await().atMost(PATIENCE).ignoreExceptionsInstanceOf(SQLException.class).untilAsserted(server::createTables);
		return server;
	}

	private void createTables() throws SQLException {
		try (Connection connection = DriverManager
			.getConnection("jdbc:postgresql://127.0.0.1:" + this.port + "/postgres", "postgres", "");
				Statement statement = connection.createStatement()) {
			statement.execute(Engine.TABLES);
		}
	}

	private static Path programs() throws IOException {
		try (Stream<Path> versions = Files.list(Path.of("/usr/lib/postgresql"))) {
			return versions.sorted().reduce((first, second) -> second).orElseThrow().resolve("bin");
		}
	}

	private static int freePort() {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private boolean answers() {
		if (!this.process.isAlive()) {
			throw new IllegalStateException("the server has ended with " + this.process.exitValue());
		}
		try (Socket socket = new Socket()) {
			socket.connect(new InetSocketAddress("127.0.0.1", this.port), 1000);
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

	/**
	 * Returns where the server listens.
	 * @return the port
	 */
	public int port() {
		return this.port;
	}

	/** Stops the process, and lets it go on. */
	void freeze(boolean frozen) throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(List.of("kill", frozen ? "-STOP" : "-CONT", "" + this.process.pid()));
		this.process.descendants().map((child) -> "" + child.pid()).forEach(command::add);
		if (new ProcessBuilder(command).start().waitFor() != 0) {
			throw new IOException("kill failed");
		}
	}

	@Override
	public void close() {
		List<ProcessHandle> children = this.process.descendants().toList();
		this.process.destroyForcibly().onExit().join();
		children.forEach(ProcessHandle::destroyForcibly);
		// they still use the directory
		children.forEach((child) -> child.onExit().join());
	}

}
