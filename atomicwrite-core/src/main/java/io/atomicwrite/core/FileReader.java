package io.atomicwrite.core;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessMode;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

import io.atomicwrite.AtomicWriteException;
import io.atomicwrite.IoErrorKind;
import io.atomicwrite.Problem;
import io.atomicwrite.ReadFailedException;
import io.atomicwrite.Remedy;
import io.atomicwrite.TargetMissingException;
import io.atomicwrite.checksum.Version;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.FileStat;
import io.atomicwrite.fs.IoErrors;
import org.jspecify.annotations.Nullable;

/**
 * Reads files whole or as streams. One open file is one content: a writer replaces it, it
 * does not change it.
 */
final class FileReader {

	/** A writer that replaces the file at each of them is faster than any disk. */
	private static final int ATTEMPTS = 10;

	private final FileOps files;

	private final TargetResolver resolver;

	FileReader(FileOps files, TargetResolver resolver) {
		this.files = files;
		this.resolver = resolver;
	}

	boolean exists(Path raw) {
		try {
			Path end = this.files.canonical(this.resolver.readable(raw));
			return this.files.kind(end) == FileStat.Kind.REGULAR;
		}
		catch (NoSuchFileException ex) {
			return false;
		}
		catch (IOException ex) {
			if (IoErrors.classify(ex) == IoErrorKind.NOT_A_DIRECTORY) {
				return false;
			}
			throw unreadable(raw, ex);
		}
	}

	byte[] read(Path raw) {
		try (InputStream in = this.files.openRead(this.resolver.readable(raw))) {
			return in.readAllBytes();
		}
		catch (IOException ex) {
			throw unreadable(raw, ex);
		}
	}

	OpenFile open(Path raw) {
		try {
			Path end = this.files.canonical(this.resolver.readable(raw));
			for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
				FileStat before = requireRegular(end);
				InputStream in = this.files.openRead(end);
				if (before.equals(statOrClose(end, in))) {
					return OpenFile.of(this.resolver.absolute(raw), in, before.size());
				}
				in.close();
			}
		}
		catch (IOException ex) {
			throw unreadable(raw, ex);
		}
		byte[] content = read(raw);
		return OpenFile.of(this.resolver.absolute(raw), new ByteArrayInputStream(content), content.length);
	}

	/** The status is of the file that was opened if it is the same before and after. */
	private @Nullable FileStat statOrClose(Path file, InputStream in) throws IOException {
		try {
			return this.files.stat(file);
		}
		catch (IOException | RuntimeException ex) {
			in.close();
			throw ex;
		}
	}

	private FileStat requireRegular(Path file) throws IOException {
		FileStat stat = this.files.stat(file);
		if (stat == null) {
			throw new NoSuchFileException(file.toString());
		}
		if (!stat.isRegular()) {
			throw new IOException("is " + stat.kind().text() + ", not a regular file");
		}
		return stat;
	}

	Version version(Path raw) {
		try (InputStream in = this.files.openRead(this.resolver.readable(raw))) {
			return TargetCheck.versionOf(in);
		}
		catch (IOException ex) {
			throw unreadable(raw, ex);
		}
	}

	AtomicWriteException unreadable(Path raw, IOException ex) {
		Path file = this.resolver.absolute(raw);
		IoErrorKind kind = IoErrors.classify(ex);
		Problem problem = Problem.of("can't be read: " + IoErrors.text(ex), remedy(file, kind)).causedBy(kind);
		return (ex instanceof NoSuchFileException) ? new TargetMissingException(file, problem, ex)
				: new ReadFailedException(file, problem, ex);
	}

	/**
	 * The same error says that the file can't be read and that nobody may look for it.
	 */
	private Remedy remedy(Path file, IoErrorKind kind) {
		Path directory = file.getParent();
		if (kind == IoErrorKind.ACCESS_DENIED && directory != null) {
			try {
				this.files.checkAccess(directory, AccessMode.EXECUTE);
			}
			catch (IOException ex) {
				return Remedy.PERMIT_SEARCH;
			}
		}
		return Remedy.ofReading(kind);
	}

}
