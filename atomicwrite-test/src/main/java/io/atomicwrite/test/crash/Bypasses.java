package io.atomicwrite.test.crash;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What went past the simulated filesystem, or was asked of it in vain. For any number of
 * threads.
 */
final class Bypasses {

	private static final StackWalker STACK = StackWalker.getInstance();

	private final List<String> notes = new CopyOnWriteArrayList<>();

	/** Notes a call of the JDK, with the line that made it, and returns what ends it. */
	UnsupportedOperationException refuse(String call, Object path) {
		String caller = STACK.walk((frames) -> frames.filter((frame) -> !isMachinery(frame.getClassName()))
			.findFirst()
			.map((frame) -> " at " + frame.toStackTraceElement())
			.orElse(""));
		String note = call + " of " + path + " goes past the simulated filesystem" + caller;
		this.notes.add(note);
		return new UnsupportedOperationException(
				note + ". Read and write through the template of the machine, or through its fileOps()");
	}

	private static boolean isMachinery(String type) {
		return type.startsWith("java.") || type.startsWith("jdk.") || type.startsWith("sun.")
				|| type.startsWith(SimulatedPath.class.getName()) || type.startsWith(Bypasses.class.getName())
				|| type.startsWith(SimulatedFileSystem.class.getName())
				|| type.startsWith(SimulatedProvider.class.getName());
	}

	void note(String what) {
		this.notes.add(what);
	}

	List<String> all() {
		return List.copyOf(this.notes);
	}

}
