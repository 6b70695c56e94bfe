package io.atomicwrite.test.directory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * Temporary directories that survive a crash.
 */
class DurableDirectoryTests {

	@TempDir
	private Path elsewhere;

	@Test
	void memoryIsNoPlace() throws IOException {
		Path memory = Path.of("/dev/shm");
		Path target = Path.of("target").toAbsolutePath();
		assertThat(DurableDirectory.place(List.of(memory, target))).isEqualTo(target);
		assertThatIOException().isThrownBy(() -> DurableDirectory.place(List.of(memory)))
			.withMessageContaining("-Datomicwrite.test.directory=");
	}

	@Test
	void nothingIsLeftAndNoLinkIsFollowed() throws IOException {
		Path kept = Files.writeString(this.elsewhere.resolve("kept"), "kept");
		Path directory = DurableDirectory.create();
		Files.writeString(Files.createDirectories(directory.resolve("a/b")).resolve("file"), "text");
		Files.createSymbolicLink(directory.resolve("a/link"), this.elsewhere);
		DurableDirectory.delete(directory);
		assertThat(directory).doesNotExist();
		assertThat(kept).hasContent("kept");
		DurableDirectory.delete(directory);
	}

}
