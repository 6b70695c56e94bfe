package io.atomicwrite.spring.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.atomicwrite.ChecksumMissingException;
import io.atomicwrite.artifact.ArtifactNames;
import io.atomicwrite.artifact.NameLimit;
import io.atomicwrite.backup.Backup;
import io.atomicwrite.checksum.ChecksumVerifier;
import io.atomicwrite.document.GoodCopy;
import io.atomicwrite.format.FormatLimits;
import io.atomicwrite.fs.CanonicalTarget;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.FileStat;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.spring.config.ConfigImportProperties.Verify;

/**
 * Reads imported files and their backups, whole and once, and verifies what was read by
 * the checksum. Thread-safe.
 */
final class ImportReader {

	/** The bytes above which a file is not read. */
	static final int MAX_SIZE = FormatLimits.defaults().size();

	private final FileOps files;

	ImportReader(FileOps files) {
		this.files = files;
	}

	/**
	 * Reads a file.
	 * @param file the file; links are followed
	 * @param settings how to verify it
	 * @return its content
	 * @throws io.atomicwrite.AtomicWriteException if it does not match its checksum, or
	 * must have one and has none
	 * @throws UnusableFileException if it is no regular file or too large
	 * @throws IOException if it can't be read, as a {@link NoSuchFileException} if it is
	 * missing
	 */
	byte[] read(Path file, ImportSettings settings) throws IOException {
		requireUsable(file);
		Verify verify = settings.properties().verify();
		if (verify == Verify.OFF) {
			return bounded(file);
		}
		try {
			return verified(file, settings);
		}
		catch (ChecksumMissingException ex) {
			if (verify == Verify.REQUIRED) {
				throw ex;
			}
			return bounded(file);
		}
	}

	private byte[] verified(Path file, ImportSettings settings) throws IOException {
		try (LockRegistry locks = LockRegistry.fileBuilder()
			.files(this.files)
			.companions(settings.companions())
			.build()) {
			return new ChecksumVerifier(this.files, locks, settings.algorithm(), settings.companions()).read(file)
				.content();
		}
	}

	private void requireUsable(Path file) throws IOException {
		Path end = this.files.canonical(file);
		FileStat stat = this.files.stat(end);
		if (stat == null) {
			throw new NoSuchFileException(file.toString());
		}
		if (!stat.isRegular()) {
			throw new UnusableFileException("is " + stat.kind().text() + ", not a regular file",
					stat.kind() == FileStat.Kind.DIRECTORY);
		}
		if (stat.size() > MAX_SIZE) {
			throw tooLarge(stat.size());
		}
	}

	static UnusableFileException tooLarge(long size) {
		return new UnusableFileException("has " + size + " bytes, over the limit of " + MAX_SIZE);
	}

	private byte[] bounded(Path file) throws IOException {
		try (InputStream in = this.files.openRead(file)) {
			byte[] content = in.readNBytes(MAX_SIZE + 1);
			if (content.length > MAX_SIZE) {
				throw tooLarge(content.length);
			}
			return content;
		}
	}

	/**
	 * Returns what may be the last good version of a file: the copy that a document has
	 * kept of its last valid content, beside the file or in the state directory, then the
	 * backups, the newest first.
	 */
	List<Candidate> candidates(AtomicFileConfigDataResource resource) {
		List<Candidate> found = new ArrayList<>();
		ImportSettings settings = resource.settings();
		try {
			Path target = target(resource.file());
			addCopy(good(target), found);
			if (settings.stateDirectory().isPresent()) {
				addCopy(goodElsewhere(target, settings.stateDirectory().get()), found);
			}
			for (Backup backup : Backup.list(this.files, target, settings.backups(), settings.companions())) {
				found.add(
						new Candidate(backup.path(), backup.modified(), () -> read(backup.path(), attested(settings))));
			}
		}
		catch (IOException ex) {
			// what can't be listed is not there for us
		}
		return found;
	}

	private void addCopy(Path good, List<Candidate> found) throws IOException {
		FileStat stat = this.files.stat(good);
		if (stat != null && stat.isRegular()) {
			found.add(new Candidate(good, stat.modified(), () -> copied(good)));
		}
	}

	private Path goodElsewhere(Path target, Path stateDirectory) throws IOException {
		if (this.files.kind(stateDirectory) == null) {
			return stateDirectory;
		}
		Path directory = this.files.canonical(stateDirectory);
		String name = GoodCopy.nameElsewhere(CanonicalTarget.placeOf(this.files, target));
		return directory.resolve(ArtifactNames.good(name, NameLimit.of(this.files, directory, name)));
	}

	private Path good(Path target) throws IOException {
		String name = target.getFileName().toString();
		Path directory = Objects.requireNonNull(target.toAbsolutePath().getParent());
		return target.resolveSibling(ArtifactNames.good(name, NameLimit.of(this.files, directory, name)));
	}

	private byte[] copied(Path good) throws IOException {
		return GoodCopy.decode(bounded(good))
			.map(GoodCopy::content)
			.orElseThrow(() -> new UnusableFileException("does not match its own digest"));
	}

	/** A backup is taken for good only if its checksum says so. */
	private static ImportSettings attested(ImportSettings settings) {
		return (settings.properties().verify() == Verify.OFF) ? settings : settings.with(Verify.REQUIRED);
	}

	/** Copies and backups lie beside the file that links lead to. */
	private Path target(Path file) throws IOException {
		return (this.files.stat(file) != null) ? this.files.canonical(file) : file;
	}

	/**
	 * What may be the last good version of a file.
	 *
	 * @param path where it is
	 * @param made when it was written
	 * @param content reads and verifies it
	 */
	record Candidate(Path path, Instant made, Content content) {
	}

	/** Reads content. */
	@FunctionalInterface
	interface Content {

		byte[] read() throws IOException;

	}

	/** The file can't be a configuration file. */
	static final class UnusableFileException extends IOException {

		private static final long serialVersionUID = 1L;

		private final String reason;

		private final boolean directory;

		UnusableFileException(String reason) {
			this(reason, false);
		}

		UnusableFileException(String reason, boolean directory) {
			super(reason);
			this.reason = reason;
			this.directory = directory;
		}

		String reason() {
			return this.reason;
		}

		boolean isDirectory() {
			return this.directory;
		}

	}

}
