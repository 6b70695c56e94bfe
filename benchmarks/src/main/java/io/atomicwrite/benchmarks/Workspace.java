package io.atomicwrite.benchmarks;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/**
 * A directory of its own to write in, deleted at the end.
 */
final class Workspace implements AutoCloseable {

	/** A directory below the working directory, which is on a disk as a rule. */
	static final String DISK = "target";

	/** Where Linux has a tmpfs. */
	static final String TMPFS = "/dev/shm";

	private final Path directory;

	private Workspace(Path directory) {
		this.directory = directory;
	}

	static Workspace create(Path parent) throws IOException {
		Files.createDirectories(parent);
		return new Workspace(Files.createTempDirectory(parent.toRealPath(), "atomicwrite-benchmark"));
	}

	static byte[] content(int size) {
		byte[] content = new byte[size];
		new Random(size).nextBytes(content);
		return content;
	}

	/** Creates a target, so that every write is an overwrite. */
	Path target(String name, byte[] content) throws IOException {
		return Files.write(this.directory.resolve(name), content);
	}

	String filesystem() throws IOException {
		return Files.getFileStore(this.directory).type();
	}

	@Override
	public void close() throws IOException {
		try (DirectoryStream<Path> files = Files.newDirectoryStream(this.directory)) {
			for (Path file : files) {
				Files.delete(file);
			}
		}
		Files.delete(this.directory);
	}

}
