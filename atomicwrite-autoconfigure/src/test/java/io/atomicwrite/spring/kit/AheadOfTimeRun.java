package io.atomicwrite.spring.kit;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;

import org.junit.jupiter.api.Test;

import org.springframework.aot.AotDetector;
import org.springframework.test.context.TestContextManager;
import org.springframework.util.ReflectionUtils;

/**
 * Runs the tests of classes whose contexts were processed ahead of time, in a JVM of its
 * own.
 */
final class AheadOfTimeRun {

	static final String PASSED = "passed ahead of time: ";

	private AheadOfTimeRun() {
	}

	public static void main(String[] names) throws Exception {
		if (!AotDetector.useGeneratedArtifacts()) {
			throw new IllegalStateException("what was generated is not used");
		}
		for (String name : names) {
			run(Class.forName(name));
		}
	}

	private static void run(Class<?> type) throws Exception {
		TestContextManager manager = new TestContextManager(type);
		Constructor<?> constructor = ReflectionUtils.accessibleConstructor(type);
		for (Method method : ReflectionUtils.getDeclaredMethods(type)) {
			if (method.isAnnotationPresent(Test.class)) {
				Object test = constructor.newInstance();
				manager.prepareTestInstance(test);
				ReflectionUtils.makeAccessible(method);
				method.invoke(test);
				System.out.println(PASSED + type.getSimpleName() + "." + method.getName());
			}
		}
	}

}
