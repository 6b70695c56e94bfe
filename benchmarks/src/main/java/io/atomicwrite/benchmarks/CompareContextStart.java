package io.atomicwrite.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.atomicwrite.spring.autoconfigure.AtomicWriteAutoConfiguration;

import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.autoconfigure.availability.ApplicationAvailabilityAutoConfiguration;
import org.springframework.boot.autoconfigure.context.ConfigurationPropertiesAutoConfiguration;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.boot.autoconfigure.context.MessageSourceAutoConfiguration;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.autoconfigure.info.ProjectInfoAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskSchedulingAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * Compares the start of a Spring context that has the starter with one that has not, in
 * turns of one fresh JVM each. The system property {@code rounds} sets how often each has
 * its turn.
 */
public final class CompareContextStart {

	private static final String CHILD = "child";

	private CompareContextStart() {
	}

	/**
	 * Runs the comparison, or one turn of it.
	 * @param arguments none, or what a JVM of this class was started for
	 * @throws Exception if a context does not start
	 */
	public static void main(String[] arguments) throws Exception {
		if (arguments.length > 1 && arguments[0].equals(CHILD)) {
			turn(arguments[1].equals("with"), List.of(arguments).subList(2, arguments.length));
			return;
		}
		int rounds = Integer.getInteger("rounds", 10);
		Path directory = Files.createTempDirectory("context-start");
		Map<String, List<String>> turns = new LinkedHashMap<>();
		turns.put("without", List.of("without"));
		turns.put("with the starter", List.of("with"));
		turns.put("with a managed directory", List.of("with", "--atomicwrite.directories.data.path=" + directory));
		Map<String, double[]> figures = new LinkedHashMap<>();
		for (int round = 0; round < rounds; round++) {
			for (Map.Entry<String, List<String>> turn : turns.entrySet()) {
				List<String> words = new ArrayList<>(List.of(CHILD));
				words.addAll(turn.getValue());
				figures.computeIfAbsent(turn.getKey(), (name) -> new double[rounds])[round] = FreshJvm
					.measure(List.of(), CompareContextStart.class, words.toArray(String[]::new));
			}
		}
		Files.delete(directory);
		System.out.printf("%s, %d rounds%n%n", Workspace.machine(), rounds);
		System.out.println("| start of a context, ms | median | least | most |");
		System.out.println("|---|---|---|---|");
		figures.forEach((name, found) -> {
			Spread spread = Spread.of(found);
			System.out.printf(Locale.ROOT, "| %s | %.0f | %.0f | %.0f |%n", name, spread.median(), spread.min(),
					spread.max());
		});
	}

	private static void turn(boolean with, List<String> arguments) {
		SpringApplication application = new SpringApplication(with ? Starter.class : Bare.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		application.setBannerMode(Banner.Mode.OFF);
		long start = System.nanoTime();
		application.run(arguments.toArray(String[]::new)).close();
		FreshJvm.report((System.nanoTime() - start) / 1e6);
	}

	/** What every application of Spring Boot has. */
	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ AopAutoConfiguration.class, ApplicationAvailabilityAutoConfiguration.class,
			ConfigurationPropertiesAutoConfiguration.class, LifecycleAutoConfiguration.class,
			MessageSourceAutoConfiguration.class, PropertyPlaceholderAutoConfiguration.class,
			ProjectInfoAutoConfiguration.class, SslAutoConfiguration.class, TaskExecutionAutoConfiguration.class,
			TaskSchedulingAutoConfiguration.class })
	static class Bare {

	}

	/** The same with the starter, which is read as each auto-configuration is. */
	@Configuration(proxyBeanMethods = false)
	@Import(Bare.class)
	@ImportAutoConfiguration(AtomicWriteAutoConfiguration.class)
	static class Starter {

	}

}
