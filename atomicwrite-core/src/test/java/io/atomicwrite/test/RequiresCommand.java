package io.atomicwrite.test;

import java.io.File;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Marks tests that run commands of the operating system. Without them they do not run,
 * and the build's output says so: such a run shows nothing about them.
 */
@Target({ ElementType.TYPE, ElementType.METHOD })
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(RequiresCommand.Condition.class)
public @interface RequiresCommand {

	/**
	 * Returns the commands, by name or by absolute path.
	 * @return the commands
	 */
	String[] value();

	/**
	 * Looks for the commands.
	 */
	final class Condition implements ExecutionCondition {

		@Override
		public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
			List<String> missing = AnnotationSupport.findAnnotation(context.getElement(), RequiresCommand.class)
				.map((annotation) -> missing(List.of(annotation.value())))
				.orElse(List.of());
			if (missing.isEmpty()) {
				return ConditionEvaluationResult.enabled("the commands are there");
			}
			String reason = reason(missing);
			NotRun.report(reason, context);
			return ConditionEvaluationResult.disabled(reason);
		}

		/**
		 * Returns those of some commands that this machine does not have.
		 * @param commands the commands
		 * @return the missing ones
		 */
		static List<String> missing(List<String> commands) {
			return commands.stream().filter((command) -> !isPresent(command)).toList();
		}

		/**
		 * Returns why something does not run.
		 * @param missing the missing commands
		 * @return the reason
		 */
		static String reason(List<String> missing) {
			return "needs " + String.join(", ", missing);
		}

		private static boolean isPresent(String command) {
			if (Path.of(command).isAbsolute()) {
				return Files.isExecutable(Path.of(command));
			}
			String path = System.getenv().getOrDefault("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
			return Stream.of(path.split(File.pathSeparator))
				.anyMatch((directory) -> Files.isExecutable(Path.of(directory, command)));
		}

	}

}
