package io.atomicwrite.benchmarks;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import io.atomicwrite.SafetyPolicy;
import io.atomicwrite.core.WriteOptions;

/**
 * A directory of its own to write in, deleted at the end.
 */
final class Workspace implements AutoCloseable {

	/** A directory below the working directory, which is on a disk as a rule. */
	static final String DISK = "target";

	/** Where Linux has a tmpfs. */
	static final String TMPFS = "/dev/shm";

	private final Path directory;

	/** Returns the directories to write in: those that are named, or the usual two. */
	static List<Path> parents(String... named) {
		return Stream.of((named.length > 0) ? named : new String[] { TMPFS, DISK }).map(Path::of).toList();
	}

	/** Describes the machine, for the heading of a table. */
	static String machine() {
		return String.format("JDK %s, %s %s, %d processors", System.getProperty("java.runtime.version"),
				System.getProperty("os.name"), System.getProperty("os.version"),
				Runtime.getRuntime().availableProcessors());
	}

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

	/**
	 * Only the safety policy differs from the defaults: the strict one refuses tmpfs.
	 * Here, because a first write is timed without the libraries that {@link Contender}
	 * loads.
	 */
	static WriteOptions.Builder templateOptions() {
		return WriteOptions.engineDefaults().toBuilder().safety(SafetyPolicy.BEST_EFFORT);
	}

	/** Creates a target, so that every write is an overwrite. */
	Path target(String name, byte[] content) throws IOException {
		return Files.write(this.directory.resolve(name), content);
	}

	/** Creates a directory for the files of one writer. */
	Path directory(String name) throws IOException {
		return Files.createDirectory(this.directory.resolve(name));
	}

	String filesystem() throws IOException {
		return Files.getFileStore(this.directory).type();
	}

	@Override
	public void close() throws IOException {
		delete(this.directory);
	}

	private static void delete(Path directory) throws IOException {
		try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
			for (Path file : files) {
				if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
					delete(file);
				}
				else {
					// a lock file that stayed open is deleted by its owner
					Files.deleteIfExists(file);
				}
			}
		}
		Files.delete(directory);
	}

}
