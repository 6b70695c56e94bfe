package io.atomicwrite.test;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Marks tests that mount filesystems or act as another user. Without the right to do so
 * they do not run, and the build's output says so: such a run shows nothing about them.
 */
@Target({ ElementType.TYPE, ElementType.METHOD })
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(RequiresRoot.Condition.class)
public @interface RequiresRoot {

	/**
	 * Looks for the right to mount.
	 */
	final class Condition implements ExecutionCondition {

		@Override
		public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
			if (System.getProperty("user.name").equals("root")) {
				return ConditionEvaluationResult.enabled("runs as root");
			}
			NotRun.report("needs root", context);
			return ConditionEvaluationResult.disabled("needs root");
		}

	}

}
