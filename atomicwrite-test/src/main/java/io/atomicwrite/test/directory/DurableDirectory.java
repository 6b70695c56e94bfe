package io.atomicwrite.test.directory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

import io.atomicwrite.Guarantee;
import io.atomicwrite.GuaranteeLevel;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.guarantee.GuaranteeInspector;
import org.jspecify.annotations.Nullable;

/**
 * Creates temporary directories on a filesystem that survives a crash of the machine,
 * where the usual one may be in memory: what requires crash durability can be written
 * there.
 *
 * <p>
 * A directory is created in the first of these that promises crash durability: that of
 * the system property {@code atomicwrite.test.directory}, the one for temporary files,
 * {@code target} or {@code build} in the working directory, and the working directory. If
 * none promises it, as on the root of a container, the first that may provide it is
 * taken. Stateless and thread-safe.
 */
public final class DurableDirectory {

	private static final String PROPERTY = "atomicwrite.test.directory";

	private static final String PREFIX = "atomicwrite-test-";

	/** How often a directory is emptied that others still write to. */
	private static final int ROUNDS = 5;

	private DurableDirectory() {
	}

	/**
	 * Creates a directory.
	 * @return its absolute path
	 * @throws UncheckedIOException if it can't be created, or all places are in memory
	 */
	public static Path create() {
		try {
			return Files.createTempDirectory(place(candidates()), PREFIX);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Deletes a directory with all that is in it. Links are deleted and not followed.
	 * @param directory the directory; nothing happens if it does not exist
	 * @throws UncheckedIOException if something can't be deleted
	 */
	public static void delete(Path directory) {
		try {
			for (int round = 1; !isDeleted(directory, round == ROUNDS); round++) {
				Thread.onSpinWait();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** A thread that has not ended yet may create a file in the meantime. */
	private static boolean isDeleted(Path directory, boolean last) throws IOException {
		try {
			Files.walkFileTree(directory, new Deletion());
			return true;
		}
		catch (DirectoryNotEmptyException ex) {
			if (last) {
				throw ex;
			}
			return false;
		}
	}

	/** Returns the first directory with the highest level of crash durability. */
	static Path place(List<Path> candidates) throws IOException {
		GuaranteeInspector inspector = new GuaranteeInspector(FileOps.system());
		for (GuaranteeLevel wanted : List.of(GuaranteeLevel.GUARANTEED, GuaranteeLevel.BEST_EFFORT)) {
			for (Path candidate : candidates) {
				if (inspector.inspect(candidate).level(Guarantee.CRASH_DURABILITY) == wanted) {
					return candidate;
				}
			}
		}
		throw new IOException("no directory for this test survives a crash: " + candidates
				+ " are in memory or can't be synced. Name one by -D" + PROPERTY + "=DIRECTORY");
	}

	private static List<Path> candidates() {
		List<Path> found = new ArrayList<>();
		String chosen = System.getProperty(PROPERTY);
		if (chosen != null) {
			found.add(Path.of(chosen));
		}
		found.add(Path.of(System.getProperty("java.io.tmpdir")));
		found.addAll(List.of(Path.of("target"), Path.of("build"), Path.of("")));
		return found.stream().map(Path::toAbsolutePath).filter(Files::isDirectory).filter(Files::isWritable).toList();
	}

	private static final class Deletion extends SimpleFileVisitor<Path> {

		@Override
		public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
			Files.deleteIfExists(file);
			return FileVisitResult.CONTINUE;
		}

		@Override
		public FileVisitResult visitFileFailed(Path file, IOException ex) throws IOException {
			if (ex instanceof NoSuchFileException) {
				return FileVisitResult.CONTINUE;
			}
			throw ex;
		}

		@Override
		public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException ex) throws IOException {
			if (ex != null) {
				throw ex;
			}
			Files.deleteIfExists(directory);
			return FileVisitResult.CONTINUE;
		}

	}

}
