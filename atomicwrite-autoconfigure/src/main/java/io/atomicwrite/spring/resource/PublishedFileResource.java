package io.atomicwrite.spring.resource;

import java.io.FileNotFoundException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Supplier;

import io.atomicwrite.AtomicWriteException;
import io.atomicwrite.TargetMissingException;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.FileStat;
import io.atomicwrite.publication.OpenVersion;
import io.atomicwrite.spring.publication.AtomicPublications;
import org.jspecify.annotations.Nullable;

import org.springframework.core.io.Resource;

/**
 * A file in a version of a publication. {@code latest} is resolved anew by each call, and
 * once by a stream: as long as it is open, its version is not swept. Where several files
 * must be of one version, {@link AtomicPublications#open(String) open} the version. It is
 * no {@link #isFile() file} to Spring, because a path has no lease. Thread-safe.
 */
public final class PublishedFileResource extends AbstractAtomicFileResource {

	private final String publication;

	private final String version;

	private final Path file;

	private final AtomicPublications publications;

	private final Supplier<FileOps> files;

	/**
	 * Creates a resource.
	 * @throws IllegalArgumentException if the path leads out of the version
	 */
	PublishedFileResource(String publication, String version, Path file, AtomicPublications publications,
			Supplier<FileOps> files) {
		if (version.isEmpty() || file.isAbsolute() || file.startsWith("..") || file.toString().isEmpty()) {
			throw new IllegalArgumentException(
					"'" + file + "' is not a file in the version '" + version + "' of the publication '" + publication
							+ "'; write it as in atomicfile:dataset@latest/part-0.csv");
		}
		this.publication = publication;
		this.version = version;
		this.file = file;
		this.publications = publications;
		this.files = files;
	}

	/**
	 * Opens the file, with a lease of its version that ends when the stream is closed.
	 */
	@Override
	public InputStream getInputStream() throws IOException {
		OpenVersion open = open();
		try {
			return new Leased(this.files.get().openRead(path(open)), open);
		}
		catch (NoSuchFileException ex) {
			open.close();
			throw missing(ex);
		}
		catch (IOException | RuntimeException ex) {
			open.close();
			throw ex;
		}
	}

	/** No link of a version leads out of it, unless somebody has changed it since. */
	private Path path(OpenVersion open) throws IOException {
		Path canonical = this.files.get().canonical(open.file(this.file.toString()));
		if (!canonical.startsWith(this.files.get().canonical(open.path()))) {
			throw new FileNotFoundException(getDescription() + " leads to " + canonical + ", out of the version");
		}
		return canonical;
	}

	private OpenVersion open() throws IOException {
		try {
			return this.publications.open(this.publication, this.version);
		}
		catch (TargetMissingException ex) {
			throw missing(ex);
		}
		catch (AtomicWriteException ex) {
			throw new IOException(ex.getMessage(), ex);
		}
	}

	private FileNotFoundException missing(Exception cause) {
		return (FileNotFoundException) new FileNotFoundException(getDescription() + " does not exist").initCause(cause);
	}

	@Override
	public boolean exists() {
		try {
			return stat().isRegular();
		}
		catch (IOException ex) {
			return false;
		}
	}

	@Override
	@Nullable FileStat look() throws IOException {
		try (OpenVersion open = open()) {
			return this.files.get().stat(path(open));
		}
	}

	@Override
	Resource at(Path path) {
		return new PublishedFileResource(this.publication, this.version, path, this.publications, this.files);
	}

	@Override
	Path base() {
		return this.file;
	}

	@Override
	public String getDescription() {
		return AtomicFileResources.PREFIX + location() + " (in " + this.publications.settings(this.publication).path()
				+ ")";
	}

	@Override
	String location() {
		return this.publication + "@" + this.version + "/" + this.file;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof PublishedFileResource that && location().equals(that.location());
	}

	@Override
	public int hashCode() {
		return Objects.hashCode(location());
	}

	/** Gives the lease back when it is closed. */
	private static final class Leased extends FilterInputStream {

		private final OpenVersion version;

		Leased(InputStream in, OpenVersion version) {
			super(in);
			this.version = version;
		}

		@Override
		public void close() throws IOException {
			try {
				super.close();
			}
			finally {
				this.version.close();
			}
		}

	}

}
