package io.atomicwrite.core;

import java.io.IOException;
import java.nio.file.Path;

import io.atomicwrite.fs.FileOps;
import io.atomicwrite.publication.PointerKind;
import io.atomicwrite.publication.Publication;
import io.atomicwrite.publication.PublishOptions;
import io.atomicwrite.publication.PublishedVersion;
import io.atomicwrite.test.DirectoryContent;
import io.atomicwrite.test.ExchangingFileOps;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A publication whose {@code latest} is a directory.
 */
abstract class PlainDirectoryStage {

	static final FileOps FILES = new ExchangingFileOps(FileOps.system());

	@TempDir
	private Path temporary;

	Path directory;

	Path root;

	@BeforeEach
	void resolve() throws IOException {
		this.directory = this.temporary.toRealPath();
		this.root = this.directory.resolve("set");
	}

	final Publication set() {
		return set(FILES);
	}

	final Publication set(FileOps files) {
		return AtomicFileTemplate.builder().files(files).build().publication(this.directory, "set");
	}

	static PublishOptions options(String version) {
		return PublishOptions.defaults().withVersion(version).withPointer(PointerKind.DIRECTORY);
	}

	static PublishedVersion publish(Publication set, String version) {
		return set.publish((out) -> {
			out.file("a", version.getBytes());
			out.file("d/b", version.getBytes());
		}, options(version));
	}

	final void assertLatest(String version) {
		assertThat(set().latest()).contains(version);
		assertThat(this.root.resolve("latest/a")).hasContent(version);
		assertThat(this.root.resolve("latest/d/b")).hasContent(version);
		assertThat(DirectoryContent.of(this.root.resolve("latest")))
			.isEqualTo(DirectoryContent.of(this.root.resolve(version)));
		assertThat(set().verify("latest").problems()).isEmpty();
	}

}
