package io.atomicwrite.document;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Which files this thread is changing: a function that changes the same file again would
 * wait for itself, or build on what is not written yet.
 */
final class Nesting {

	private static final ThreadLocal<Set<Path>> INSIDE = new ThreadLocal<>();

	private Nesting() {
	}

	static <R> R inside(Path file, Supplier<R> function) {
		Set<Path> files = INSIDE.get();
		boolean outermost = files == null;
		if (outermost) {
			files = new HashSet<>();
			INSIDE.set(files);
		}
		boolean added = files.add(file);
		try {
			return function.get();
		}
		finally {
			if (added) {
				files.remove(file);
			}
			if (outermost) {
				INSIDE.remove();
			}
		}
	}

	static void refuse(Path file, String what) {
		Set<Path> files = INSIDE.get();
		if (files != null && files.contains(file)) {
			throw new IllegalStateException(
					file + ": " + what + " was called from within a change of the same document; "
							+ "return the new value from the function instead");
		}
	}

}
