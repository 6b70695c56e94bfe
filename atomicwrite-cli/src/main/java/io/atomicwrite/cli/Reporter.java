package io.atomicwrite.cli;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Reports on standard error what happens, as text or as one JSON object a line. A
 * standard error that is closed loses the reports and fails nothing.
 */
final class Reporter {

	private final PrintStream err;

	private Level least = Level.NOTICE;

	private boolean json;

	private boolean progress;

	Reporter(PrintStream err) {
		this.err = err;
	}

	/** Errors among the arguments, too, are reported in the form that these ask for. */
	void foresee(String[] args) {
		for (String word : args) {
			if (word.equals("--")) {
				return;
			}
			this.json |= word.equals("--json");
		}
	}

	void configure(Level level, boolean asJson) {
		this.json = asJson;
		// whoever asks for JSON wants the result of the write too
		this.least = (asJson && level == Level.NOTICE) ? Level.INFO : level;
	}

	boolean isJson() {
		return this.json;
	}

	boolean reports(Level level) {
		return level.compareTo(this.least) >= 0;
	}

	synchronized void error(Failure failure) {
		clear();
		if (this.json) {
			Map<String, @Nullable Object> object = new LinkedHashMap<>();
			object.put("level", "error");
			object.put("message", failure.what());
			object.put("file", failure.file().isEmpty() ? null : failure.file());
			object.put("hint", failure.hint());
			object.put("status", failure.status());
			print(Json.of(object));
		}
		else {
			print("Error: " + (failure.file().isEmpty() ? "" : failure.file() + ": ") + failure.what());
			if (failure.hint() != null) {
				print("Hint: " + failure.hint());
			}
		}
		if (reports(Level.DEBUG) && failure.getCause() != null) {
			trace(failure.getCause());
		}
	}

	/** A stack, for -vv alone. */
	synchronized void trace(Throwable thrown) {
		if (reports(Level.DEBUG)) {
			report(Level.DEBUG, thrown.toString(), Map.of());
			for (StackTraceElement element : thrown.getStackTrace()) {
				report(Level.DEBUG, "    at " + element, Map.of());
			}
		}
	}

	void warning(String file, String words) {
		// the engine names no options
		String text = words.replace("hide all companions (atomicwrite.companions=hidden)", "use --hidden-companions")
			.replace("keep lock file and backups in another directory", "--lock-file and --backup-dir");
		report(Level.WARNING, this.json ? text : "Warning: " + file + ": " + text, Map.of("file", file));
	}

	/**
	 * Reports something, if its level is reported.
	 * @param level how much it matters
	 * @param text what to report
	 * @param details what JSON has in addition
	 */
	synchronized void report(Level level, String text, Map<String, ?> details) {
		if (!reports(level)) {
			return;
		}
		clear();
		if (this.json) {
			Map<String, @Nullable Object> object = new LinkedHashMap<>();
			object.put("level", (level == Level.NOTICE) ? "info" : level.name().toLowerCase(Locale.ROOT));
			object.put("message", text);
			object.putAll(details);
			print(Json.of(object));
		}
		else {
			print(text);
		}
	}

	/** Shows a line that the next one replaces. */
	synchronized void progress(String line) {
		this.err.print("\r\033[K" + line);
		this.err.flush();
		this.progress = true;
	}

	synchronized void clear() {
		if (this.progress) {
			this.progress = false;
			this.err.print("\r\033[K");
		}
	}

	private void print(String line) {
		// one write a line: lines of several processes stay whole
		this.err.print(line + "\n");
		this.err.flush();
	}

	/** How much something matters. */
	enum Level {

		DEBUG, INFO, NOTICE, WARNING, ERROR

	}

}
