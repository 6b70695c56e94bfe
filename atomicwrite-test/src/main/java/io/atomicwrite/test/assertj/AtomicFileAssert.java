package io.atomicwrite.test.assertj;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.atomicwrite.AtomicWriteException;
import io.atomicwrite.artifact.ArtifactNames;
import io.atomicwrite.artifact.ArtifactNames.Artifact;
import io.atomicwrite.artifact.CompanionNames;
import io.atomicwrite.backup.Backup;
import io.atomicwrite.backup.BackupPolicy;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.FileStat;
import org.assertj.core.api.AbstractPathAssert;
import org.jspecify.annotations.Nullable;

/**
 * Assertions on a file or directory: those of AssertJ on paths, and what an atomic write
 * adds to them. They read the real filesystem and change nothing.
 */
public final class AtomicFileAssert extends AbstractPathAssert<AtomicFileAssert> {

	private static final Duration UNDER_WAY = Duration.ofSeconds(2);

	private static final long LOOK_NANOS = 20_000_000L;

	private final Duration patience;

	AtomicFileAssert(@Nullable Path actual) {
		this(actual, UNDER_WAY);
	}

	AtomicFileAssert(@Nullable Path actual, Duration patience) {
		super(actual, AtomicFileAssert.class);
		this.patience = patience;
	}

	/**
	 * Verifies that the file has a mode, symbolic links followed.
	 * @param octal the mode in octal, such as {@code 0640}
	 * @return this assertion
	 */
	public AtomicFileAssert hasMode(String octal) {
		String wanted = "%04o".formatted(Integer.parseInt(octal, 8));
		String found = "%04o".formatted(stat().mode() & 07777);
		if (!found.equals(wanted)) {
			throw failureWithActualExpected(found, wanted, "Expecting %s%nto have the mode %s, but it has %s", path(),
					wanted, found);
		}
		return this;
	}

	/**
	 * Verifies that the file has a checksum, in a sidecar or an attribute, and matches
	 * it.
	 * @return this assertion
	 */
	public AtomicFileAssert hasValidChecksum() {
		try (AtomicFileTemplate files = AtomicFileTemplate.create()) {
			files.verify(path());
		}
		catch (AtomicWriteException ex) {
			throw failure("Expecting %s%nto have a checksum that it matches, but: %s", path(), ex.getMessage());
		}
		return this;
	}

	/**
	 * Verifies that a write has left nothing that is of no use: no staging file, no lock
	 * file and no probe file, of this file or, if it is a directory, anywhere in it.
	 * Sidecars and backups are no leftovers. What writes that are under way have is none
	 * either: waits up to two seconds for them.
	 * @return this assertion
	 */
	public AtomicFileAssert hasNoLeftovers() {
		long end = System.nanoTime() + this.patience.toNanos();
		List<Path> leftovers = leftovers();
		while (!leftovers.isEmpty() && System.nanoTime() < end) {
			LockSupport.parkNanos(LOOK_NANOS);
			leftovers = leftovers();
		}
		if (!leftovers.isEmpty()) {
			throw failure("Expecting no staging file, lock file or probe file of%n  %s%nbut found%n  %s", path(),
					leftovers);
		}
		return this;
	}

	private List<Path> leftovers() {
		return Files.isDirectory(path()) ? within(path(), AtomicFileAssert::isLeftover) : beside(this::isOwnLeftover);
	}

	/**
	 * Verifies how many backups the file has beside it, with the suffix {@code .backup}.
	 * @param count the number
	 * @return this assertion
	 */
	public AtomicFileAssert hasBackups(int count) {
		return hasBackupsIn(Objects.requireNonNull(path().toAbsolutePath().getParent()), count);
	}

	/**
	 * Verifies how many backups the file has in a directory, with the suffix
	 * {@code .backup}.
	 * @param directory the directory, relative to that of the file
	 * @param count the number
	 * @return this assertion
	 */
	public AtomicFileAssert hasBackupsIn(Path directory, int count) {
		List<Path> found = backups(directory).stream().map(Backup::path).toList();
		if (found.size() != count) {
			throw failureWithActualExpected(found.size(), count, "Expecting %s%nto have %s backups, but found%n  %s",
					path(), count, found);
		}
		return this;
	}

	private List<Backup> backups(Path directory) {
		try {
			return Backup.list(FileOps.system(), path().toAbsolutePath(),
					BackupPolicy.generations().with((changes) -> changes.directory(directory)), CompanionNames.VISIBLE);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private boolean isOwnLeftover(Path path) {
		return isLeftover(path)
				&& artifact(path).stems().contains(String.valueOf(Objects.requireNonNull(path().getFileName())));
	}

	private static boolean isLeftover(Path path) {
		Artifact artifact = ArtifactNames.parse(String.valueOf(path.getFileName()));
		return artifact != null && switch (artifact.kind()) {
			case STAGING, PROBE, LOCK -> true;
			default -> false;
		};
	}

	private static Artifact artifact(Path path) {
		return Objects.requireNonNull(ArtifactNames.parse(String.valueOf(path.getFileName())));
	}

	private List<Path> beside(Predicate<Path> chosen) {
		Path directory = Objects.requireNonNull(path().toAbsolutePath().getParent());
		try (Stream<Path> names = Files.list(directory)) {
			return names.filter(chosen).sorted().toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static List<Path> within(Path directory, Predicate<Path> chosen) {
		List<Path> found = new ArrayList<>();
		try {
			Files.walkFileTree(directory, new SimpleFileVisitor<>() {

				@Override
				public FileVisitResult preVisitDirectory(Path inner, BasicFileAttributes attributes) {
					return visitFile(inner, attributes);
				}

				@Override
				public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
					if (chosen.test(file)) {
						found.add(file);
					}
					return FileVisitResult.CONTINUE;
				}

				@Override
				public FileVisitResult visitFileFailed(Path file, IOException error) throws IOException {
					if (error instanceof NoSuchFileException) {
						// it was there when its directory was listed
						return FileVisitResult.CONTINUE;
					}
					throw error;
				}

			});
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return found.stream().sorted().toList();
	}

	private FileStat stat() {
		FileStat stat = null;
		try {
			FileOps files = FileOps.system();
			stat = files.exists(path()) ? files.stat(files.canonical(path())) : null;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		if (stat == null) {
			throw failure("Expecting %s to exist", path());
		}
		return stat;
	}

	private Path path() {
		isNotNull();
		return this.actual;
	}

}
