package io.atomicwrite.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Reports tests that can't run here: at once, and in the list that the build prints at
 * its end.
 */
final class NotRun {

	/** The system property that names the file of the list. */
	static final String LIST = "not-run.list";

	private NotRun() {
	}

	/**
	 * Reports that a test or a class of tests is not run.
	 * @param reason why
	 * @param context the test or the class
	 */
	static void report(String reason, ExtensionContext context) {
		report(reason, context.getRequiredTestClass().getSimpleName()
				+ context.getTestMethod().map((method) -> "#" + method.getName()).orElse(""));
	}

	/**
	 * Reports that something is not run.
	 * @param reason why
	 * @param what is not run
	 */
	static void report(String reason, String what) {
		String line = "NOT RUN (" + reason + "): " + what;
		System.err.println(line);
		String list = System.getProperty(LIST);
		if (list == null) {
			return;
		}
		try {
			Path file = Path.of(list);
			Files.createDirectories(file.getParent());
			// appended in one write: several JVMs share the list
			Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
