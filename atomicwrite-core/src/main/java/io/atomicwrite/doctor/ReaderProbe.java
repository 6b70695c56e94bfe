package io.atomicwrite.doctor;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import io.atomicwrite.doctor.Findings.ProbeFailure;
import io.atomicwrite.isolation.DaemonCalls;

/**
 * Reads a file repeatedly in one thread while another replaces it.
 */
final class ReaderProbe {

	private static final int REPLACEMENTS = 200;

	private static final int MIN_READS = 500;

	/**
	 * Enough for a slow network, and short enough not to delay the start of an
	 * application much.
	 */
	private static final Duration LIMIT = Duration.ofSeconds(3);

	private final ProbeFiles probes;

	private volatile boolean stopped;

	private volatile int reads;

	ReaderProbe(ProbeFiles probes) {
		this.probes = probes;
	}

	String run() throws IOException {
		String target = this.probes.create("reader", content(0));
		CompletableFuture<Void> reader = CompletableFuture.runAsync(() -> readAll(target),
				(task) -> DaemonCalls.start("atomicwrite-reader", task));
		int replaced = 0;
		long end = System.nanoTime() + LIMIT.toNanos();
		try {
			while ((replaced < REPLACEMENTS || this.reads < MIN_READS) && System.nanoTime() < end && !reader.isDone()) {
				replaced++;
				String staging = this.probes.create("reader-staging", content(replaced));
				this.probes.directory().rename(staging, this.probes.directory(), target);
			}
		}
		finally {
			this.stopped = true;
		}
		try {
			reader.join();
		}
		catch (CompletionException ex) {
			throw (ex.getCause() instanceof IOException cause) ? cause : new IOException(ex.getCause());
		}
		if (this.reads == 0) {
			throw new ProbeFailure("nothing was read during the replacements, so the probe shows nothing");
		}
		return "during " + replaced + " replacements the file was read " + this.reads + " times, always whole";
	}

	private static byte[] content(int version) {
		// sizes differ, so that mixed content is detected
		byte[] content = new byte[1000 + version % 7 * 1000];
		Arrays.fill(content, (byte) ('a' + version % 26));
		return content;
	}

	private void readAll(String target) {
		try {
			while (!this.stopped) {
				byte[] found = this.probes.read(target);
				requireWhole(found);
				this.reads++;
			}
		}
		catch (NoSuchFileException ex) {
			throw new CompletionException(
					new ProbeFailure("a reader found the file missing while it was being replaced"));
		}
		catch (IOException ex) {
			throw new CompletionException(ex);
		}
	}

	private static void requireWhole(byte[] found) throws ProbeFailure {
		boolean whole = found.length > 0;
		for (byte next : found) {
			whole &= next == found[0];
		}
		if (!whole || found.length % 1000 != 0) {
			throw new ProbeFailure("a reader saw a mixture of old and new content, or an empty file");
		}
	}

}
