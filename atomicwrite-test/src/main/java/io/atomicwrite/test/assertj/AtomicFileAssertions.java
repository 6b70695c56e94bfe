package io.atomicwrite.test.assertj;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * Entry point for assertions on files. Its method has a name of its own, so that it can
 * be imported beside {@code Assertions.assertThat}.
 */
public final class AtomicFileAssertions {

	private AtomicFileAssertions() {
	}

	/**
	 * Starts assertions on a file or directory.
	 * @param path the file or directory
	 * @return the assertions, those of AssertJ on paths among them
	 */
	public static AtomicFileAssert assertThatFile(@Nullable Path path) {
		return new AtomicFileAssert(path);
	}

}
