package io.atomicwrite.mounted;

import java.nio.file.Path;
import java.util.List;

import io.atomicwrite.test.ForkedJvm;

/**
 * An independent program that takes record locks, as any writer in another language may.
 */
final class PythonLock {

	private static final String PROGRAM = """
			import fcntl, sys
			file = open(sys.argv[1], "a")
			try:
			    fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
			    print("> locked", flush=True)
			    sys.stdin.read()
			except OSError:
			    print("> busy", flush=True)
			""";

	private PythonLock() {
	}

	/** Tries once, answers {@code locked} or {@code busy}, and holds what it got. */
	static ForkedJvm on(Path lockFile) {
		return ForkedJvm.command(List.of("python3", "-c", PROGRAM, lockFile.toString()));
	}

}
