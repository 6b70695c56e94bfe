package io.atomicwrite.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A JVM like this one that measures one thing and ends.
 */
final class FreshJvm {

	private static final String ANSWER = "milliseconds: ";

	private FreshJvm() {
	}

	/** Reports what this JVM has measured. */
	static void report(double milliseconds) {
		System.out.println(ANSWER + milliseconds);
	}

	/**
	 * Starts a JVM and returns what it reports.
	 * @param options options of the JVM
	 * @param main the class with the main method
	 * @param arguments its arguments
	 */
	static double measure(List<String> options, Class<?> main, String... arguments)
			throws IOException, InterruptedException {
		List<String> words = new ArrayList<>();
		words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		words.addAll(options);
		words.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
		words.addAll(List.of(arguments));
		Process process = new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.DISCARD).start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		// a run that makes a class archive warns on its output
		Optional<String> answer = output.lines().filter((line) -> line.startsWith(ANSWER)).findFirst();
		if (process.waitFor() != 0 || answer.isEmpty()) {
			throw new IOException(String.join(" ", words) + " failed: " + output);
		}
		return Double.parseDouble(answer.get().substring(ANSWER.length()));
	}

}
