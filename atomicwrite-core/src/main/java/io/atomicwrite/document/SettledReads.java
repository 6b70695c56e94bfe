package io.atomicwrite.document;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

import io.atomicwrite.watch.Look;
import io.atomicwrite.watch.Signature;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file once nobody is in the middle of writing it: most beginnings of a content
 * can be parsed too. Thread-safe.
 */
final class SettledReads {

	/** As a watch waits where a file is empty or much shorter than before. */
	private static final Duration SHORTENED = Duration.ofSeconds(1);

	/** A writer that never pauses is not waited for any longer. */
	private static final Duration LIMIT = Duration.ofSeconds(5);

	private final DocumentFile file;

	private final DocumentOptions<?> options;

	private final InstantSource clock;

	SettledReads(DocumentFile file, DocumentOptions<?> options, InstantSource clock) {
		this.file = file;
		this.options = options;
		this.clock = clock;
	}

	/**
	 * Reads the file.
	 * @param known what the document serves, which needs no wait, {@code null} at first
	 */
	Look read(@Nullable Held<?> known) {
		long deadline = System.nanoTime() + LIMIT.toNanos();
		Look look = this.file.read(this.options.maxSize());
		while (look instanceof Look.Content content && !isKnown(content, known)) {
			if (System.nanoTime() > deadline) {
				return new Look.Unreadable(
						new IOException("is being written for more than " + LIMIT.toSeconds() + " s"));
			}
			Duration wait = rest(content, known);
			if (wait.isZero()) {
				return look;
			}
			pause(wait);
			Look next = this.file.read(this.options.maxSize());
			if (next instanceof Look.Content same && same.signature().equals(content.signature())) {
				return next;
			}
			look = next;
		}
		return look;
	}

	private static boolean isKnown(Look.Content content, @Nullable Held<?> known) {
		return known != null && known.found(content).equals(known.seen());
	}

	/** How long to wait until the content can be taken for whole. */
	private Duration rest(Look.Content content, @Nullable Held<?> known) {
		Signature signature = content.signature();
		if (signature.changed().isAfter(signature.modified())) {
			// renamed or given a mode after its last byte was written
			return Duration.ZERO;
		}
		long before = (known != null) ? known.content().map((bytes) -> bytes.length).orElse(0) : 0;
		boolean shortened = signature.size() == 0 || signature.size() * 2 < before;
		Duration quiet = this.options.quietPeriod();
		Duration period = (shortened && quiet.compareTo(SHORTENED) < 0) ? SHORTENED : quiet;
		Instant now = this.clock.instant();
		Duration age = Duration.between(signature.modified(), now);
		if (age.isNegative()) {
			return period;
		}
		return (age.compareTo(period) < 0) ? period.minus(age) : Duration.ZERO;
	}

	/** Waits in any case; an interrupt is kept. */
	private static void pause(Duration time) {
		boolean interrupted = false;
		long end = System.nanoTime() + time.toNanos();
		for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
			try {
				TimeUnit.NANOSECONDS.sleep(left);
			}
			catch (InterruptedException ex) {
				interrupted = true;
			}
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
	}

}
