package io.atomicwrite.sample;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Kills writers in the middle of a write, and looks at what is left. One drill runs at a
 * time, for at most a few processes of half a minute each, in a directory that has
 * nothing else. Thread-safe.
 */
@Component
class CrashDrill implements DisposableBean {

	private static final Logger logger = LoggerFactory.getLogger(CrashDrill.class);

	/** A kill may by chance fall between two writes of the plain file. */
	private static final int MOST_KILLS = 5;

	private static final long WRITES_BEFORE_THE_KILL = 3;

	private final Path directory;

	private DrillReport report;

	private @Nullable DrillProcess process;

	private boolean closed;

	CrashDrill(SampleProperties properties) {
		this.directory = properties.drill().toAbsolutePath().normalize();
		this.report = new DrillReport(DrillReport.Status.NONE, 0, this.directory.toString(), 0, null, null, 0, null);
	}

	synchronized DrillReport report() {
		return this.report;
	}

	/** Starts a drill, unless one is running. */
	synchronized DrillReport start() {
		if (this.report.status() != DrillReport.Status.RUNNING) {
			this.report = this.report.running();
			Thread thread = new Thread(this::run, "crash-drill");
			thread.setDaemon(true);
			thread.start();
		}
		return this.report;
	}

	private void run() {
		DrillReport result;
		try {
			result = drill();
		}
		catch (IOException ex) {
			logger.warn("The crash drill has failed", ex);
			result = report().failed(String.valueOf(ex.getMessage()));
		}
		catch (InterruptedException ex) {
			result = report().failed("It was interrupted.");
		}
		synchronized (this) {
			this.report = result;
		}
	}

	private DrillReport drill() throws IOException, InterruptedException {
		for (int kills = 1;; kills++) {
			removeFiles();
			long atomic;
			long plain;
			try (DrillProcess writers = begin()) {
				writers.awaitWrites(WRITES_BEFORE_THE_KILL);
				writers.killAfter(ThreadLocalRandom.current().nextLong(20, 250));
				atomic = writers.returned(DrillWriter.ATOMIC);
				plain = writers.returned(DrillWriter.PLAIN);
				logger.info("Killed the writers of the crash drill, process {}", writers.pid());
			}
			DrillReport.Left left = left(DrillWriter.PLAIN, plain);
			if (!left.found().whole() || kills == MOST_KILLS) {
				return report().done(kills, left(DrillWriter.ATOMIC, atomic), left, unfinished());
			}
		}
	}

	private synchronized DrillProcess begin() throws IOException {
		if (this.closed) {
			throw new IOException("The service is being stopped.");
		}
		DrillProcess started = DrillProcess.start(this.directory);
		this.process = started;
		return started;
	}

	private DrillReport.Left left(String file, long returned) throws IOException {
		return new DrillReport.Left(file, returned, DrillText.read(this.directory.resolve(file)), DrillText.LINES);
	}

	private long unfinished() throws IOException {
		long size = 0;
		try (DirectoryStream<Path> staging = Files.newDirectoryStream(this.directory, ".*.tmp")) {
			for (Path file : staging) {
				size += Files.size(file);
			}
		}
		return size;
	}

	/** The writers are dead, and nobody else has files here. */
	private void removeFiles() throws IOException {
		Files.createDirectories(this.directory);
		try (DirectoryStream<Path> files = Files.newDirectoryStream(this.directory, "{.,}with-*")) {
			for (Path file : files) {
				Files.deleteIfExists(file);
			}
		}
	}

	@Override
	public synchronized void destroy() {
		this.closed = true;
		if (this.process != null) {
			this.process.close();
		}
	}

}
