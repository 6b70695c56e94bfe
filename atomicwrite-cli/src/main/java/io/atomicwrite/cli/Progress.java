package io.atomicwrite.cli;

import java.util.Locale;
import java.util.OptionalLong;

/**
 * How far a stream has come, on a terminal.
 */
final class Progress {

	/** Set by the launcher where standard error is a terminal. */
	static final String TERMINAL = "atomicwrite.terminal";

	private static final long FIRST_NANOS = 1_000_000_000L;

	private static final long NEXT_NANOS = 250_000_000L;

	private static final long KIB = 1024;

	private static final String[] UNITS = { "KiB", "MiB", "GiB", "TiB" };

	private final Reporter reporter;

	private final boolean shown;

	private final long start = System.nanoTime();

	private long next = this.start + FIRST_NANOS;

	private OptionalLong size = OptionalLong.empty();

	private Progress(Reporter reporter, boolean shown) {
		this.reporter = reporter;
		this.shown = shown;
	}

	static Progress on(Reporter reporter) {
		return new Progress(reporter,
				Boolean.getBoolean(TERMINAL) && !reporter.isJson() && reporter.reports(Reporter.Level.NOTICE));
	}

	void expect(OptionalLong bytes) {
		this.size = bytes;
	}

	void at(long bytes) {
		if (!this.shown) {
			return;
		}
		long now = System.nanoTime();
		if (now >= this.next) {
			this.next = now + NEXT_NANOS;
			this.reporter.progress(line(bytes, now - this.start, this.size));
		}
	}

	static String line(long bytes, long nanos, OptionalLong size) {
		String line = text(bytes) + ", " + text(Math.round(bytes * 1e9 / nanos)) + "/s";
		return (size.isPresent() && size.getAsLong() >= bytes && size.getAsLong() > 0)
				? line + ", " + bytes * 100 / size.getAsLong() + " %" : line;
	}

	private static String text(long bytes) {
		if (bytes < KIB) {
			return bytes + " B";
		}
		double value = bytes;
		int unit = -1;
		while (value >= KIB && unit < UNITS.length - 1) {
			value /= KIB;
			unit++;
		}
		return String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit]);
	}

	void done() {
		this.reporter.clear();
	}

}
