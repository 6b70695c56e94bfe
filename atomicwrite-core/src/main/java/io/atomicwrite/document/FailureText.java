package io.atomicwrite.document;

import java.util.stream.Stream;

/**
 * Names a failure of code that works with the values of a file. Its message is left out,
 * as it may quote one.
 */
final class FailureText {

	private FailureText() {
	}

	/** The class of the failure and the first place that is not the JDK's. */
	static String of(Throwable failure) {
		String type = failure.getClass().getName();
		return Stream.of(failure.getStackTrace())
			.filter((frame) -> !frame.getClassName().startsWith("java.") && !frame.getClassName().startsWith("jdk."))
			.findFirst()
			.map((frame) -> type + " at " + frame.getClassName() + "." + frame.getMethodName() + " ("
					+ frame.getFileName() + ":" + frame.getLineNumber() + ")")
			.orElse(type);
	}

}
