package io.atomicwrite.spring.resource;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Supplier;

import io.atomicwrite.fs.CanonicalTarget;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.spring.directory.ManagedDirectory;

/**
 * Requires that a file is in its directory when all links are followed.
 */
final class Confinement {

	private final ManagedDirectory directory;

	private final Path path;

	private final Supplier<FileOps> files;

	Confinement(ManagedDirectory directory, Path path, Supplier<FileOps> files) {
		this.directory = directory;
		this.path = path;
		this.files = files;
	}

	/**
	 * Requires it of what the path leads to now.
	 * @return the canonical path, which need not exist
	 */
	Path require() throws IOException {
		return require(target());
	}

	/** Requires it of a canonical path. */
	Path require(Path canonical) throws IOException {
		if (!canonical.startsWith(directory(this.directory.path()))) {
			throw new FileNotFoundException(this.path + " leads to " + canonical + ", out of the managed directory '"
					+ this.directory.name() + "' at " + this.directory.path());
		}
		return canonical;
	}

	private Path target() throws IOException {
		try {
			return CanonicalTarget.of(this.files.get(), this.path).path();
		}
		catch (NoSuchFileException ex) {
			return directory(this.path);
		}
	}

	/** What is missing is taken as it is written. */
	private Path directory(Path raw) throws IOException {
		Path parent = raw.getParent();
		try {
			return this.files.get().canonical(raw);
		}
		catch (NoSuchFileException ex) {
			return (parent != null) ? directory(parent).resolve(raw.getFileName()) : raw;
		}
	}

}
