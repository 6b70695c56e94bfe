package io.atomicwrite.test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/**
 * Runs one test class or one of its methods in a JVM of its own, without a build tool:
 * the mutations do so once for each.
 */
public final class TestRun {

	private TestRun() {
	}

	/**
	 * Exits with 0 if all tests pass, with 1 if one fails, with 2 if none ran.
	 * @param arguments the directory of the test classes, and {@code Class} or
	 * {@code Class#method}, without the package
	 * @throws IOException if the class can't be looked for
	 */
	public static void main(String... arguments) throws IOException {
		LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
			.selectors(selector(Path.of(arguments[0]), arguments[1]))
			.filters(TagFilter.excludeTags("slow"), EngineFilter.includeEngines("junit-jupiter"))
			.build();
		TestExecutionSummary summary = run(request);
		summary.getFailures()
			.forEach((failure) -> System.out
				.println("FAILED " + failure.getTestIdentifier().getDisplayName() + ": " + failure.getException()));
		System.out.println(summary.getTestsSucceededCount() + " passed, " + summary.getTotalFailureCount() + " failed");
		System.exit((summary.getTotalFailureCount() > 0) ? 1 : (summary.getTestsSucceededCount() > 0) ? 0 : 2);
	}

	private static TestExecutionSummary run(LauncherDiscoveryRequest request) {
		SummaryGeneratingListener listener = new SummaryGeneratingListener();
		Launcher launcher = LauncherFactory.create();
		launcher.execute(request, listener);
		return listener.getSummary();
	}

	private static List<? extends DiscoverySelector> selector(Path classes, String test) throws IOException {
		String[] parts = test.split("#");
		try (Stream<Path> files = Files.walk(classes)) {
			Path found = files.filter((file) -> file.getFileName().toString().equals(parts[0] + ".class"))
				.findFirst()
				.orElseThrow(() -> new IllegalArgumentException("no such test: " + test));
			String name = classes.relativize(found).toString().replace('/', '.').replaceAll("\\.class$", "");
			return List.of((parts.length == 1) ? DiscoverySelectors.selectClass(name) : method(name, parts[1]));
		}
	}

	/** By name alone: the parameters of a method are nobody's business. */
	private static DiscoverySelector method(String type, String name) {
		try {
			Class<?> loaded = Class.forName(type);
			return Stream.of(loaded.getDeclaredMethods(), loaded.getMethods())
				.flatMap(Stream::of)
				.filter((method) -> method.getName().equals(name))
				.findFirst()
				.map((method) -> DiscoverySelectors.selectMethod(loaded, method))
				.orElseThrow(() -> new IllegalArgumentException("no such test: " + type + "#" + name));
		}
		catch (ClassNotFoundException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

}
