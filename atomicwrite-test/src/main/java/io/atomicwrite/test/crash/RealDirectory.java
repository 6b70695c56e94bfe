package io.atomicwrite.test.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A real and empty directory with the name of the simulated one. Code that makes a path
 * from its text, and so gets round {@link SimulatedProvider}, writes to this one and is
 * found out: each entry that is created, renamed or deleted changes the time of its
 * directory ({@code inode(7)}).
 */
final class RealDirectory implements AutoCloseable {

	/** No clock shows it. */
	private static final FileTime UNTOUCHED = FileTime.fromMillis(0);

	private final Path path;

	RealDirectory() {
		try {
			this.path = Files.createTempDirectory("atomicwrite-crash-").toRealPath();
			Files.setLastModifiedTime(this.path, UNTOUCHED);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("no temporary directory can be created", ex);
		}
	}

	Path path() {
		return this.path;
	}

	/** Notes it if something was changed in the directory. */
	void inspect(Bypasses bypasses) {
		try {
			if (!Files.getLastModifiedTime(this.path).equals(UNTOUCHED)) {
				bypasses.note("a file was created, renamed or deleted in the real directory " + this.path + found()
						+ ": something goes past the simulated filesystem, by a path that was made from text");
				Files.setLastModifiedTime(this.path, UNTOUCHED);
			}
		}
		catch (IOException ex) {
			bypasses.note("the real directory " + this.path + " can't be looked at: " + ex);
		}
	}

	private String found() throws IOException {
		try (Stream<Path> entries = Files.list(this.path)) {
			List<String> names = entries.map(Path::getFileName).map(Path::toString).sorted().toList();
			return names.isEmpty() ? "" : " (" + String.join(", ", names) + ")";
		}
	}

	@Override
	public void close() {
		try (Stream<Path> all = Files.walk(this.path)) {
			for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
				Files.delete(path);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
