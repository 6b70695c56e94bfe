package io.atomicwrite.spring.resource;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.Supplier;

import io.atomicwrite.core.AtomicFileOperations;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.spring.directory.ManagedDirectories;
import io.atomicwrite.spring.directory.ManagedDirectory;
import io.atomicwrite.spring.publication.AtomicPublications;
import org.jspecify.annotations.Nullable;

import org.springframework.core.io.ProtocolResolver;
import org.springframework.core.io.Resource;
import org.springframework.core.io.ResourceLoader;

/**
 * Finds resources by locations such as {@code atomicfile:settings/app.json}: the name of
 * a managed directory, and the path of a file in it; or such as
 * {@code atomicfile:dataset@latest/part-0.csv}: the name of a publication, a version of
 * it or {@code latest}, and the path of a file in the version. Thread-safe.
 */
public final class AtomicFileResources implements ProtocolResolver {

	/** The prefix of the locations. */
	public static final String PREFIX = "atomicfile:";

	private final Supplier<ManagedDirectories> directories;

	private final Supplier<AtomicFileOperations> operations;

	private final Supplier<FileOps> files;

	private final Supplier<AtomicPublications> publications;

	/**
	 * Creates an instance. What it is given is asked for when a resource is resolved or
	 * used, so none of it has to exist yet.
	 * @param directories the managed directories
	 * @param operations reads and writes the files
	 * @param files looks at the files
	 * @param publications the publications
	 */
	public AtomicFileResources(Supplier<ManagedDirectories> directories, Supplier<AtomicFileOperations> operations,
			Supplier<FileOps> files, Supplier<AtomicPublications> publications) {
		this.directories = directories;
		this.operations = operations;
		this.files = files;
		this.publications = publications;
	}

	/**
	 * Returns the resource of a location.
	 * @throws io.atomicwrite.spring.directory.DirectoryNotConfiguredException if there is
	 * no managed directory of that name; the message lists the names
	 * @throws io.atomicwrite.spring.publication.PublicationNotConfiguredException if
	 * there is no publication of that name; the message lists the names
	 * @throws IllegalArgumentException if the location names no file, or leads out of the
	 * directory or the version
	 */
	@Override
	public @Nullable Resource resolve(String location, ResourceLoader resourceLoader) {
		if (!location.startsWith(PREFIX)) {
			return null;
		}
		String rest = location.substring(PREFIX.length());
		int slash = rest.indexOf('/');
		if (rest.startsWith("/") || rest.startsWith(".")) {
			throw refused(location, "it begins with the name of a managed directory, not with a path "
					+ "(a path is what spring.config.import takes)");
		}
		if (slash < 0 || slash == rest.length() - 1) {
			throw refused(location, "it names no file in the managed directory");
		}
		String name = rest.substring(0, slash);
		String file = rest.substring(slash + 1);
		int at = name.lastIndexOf('@');
		if (at < 0 || this.directories.get().get(name) != null) {
			return get(name, file);
		}
		return published(name.substring(0, at), name.substring(at + 1), file);
	}

	/**
	 * Returns the resource of a file in a version of a publication.
	 * @param publication the name of the publication
	 * @param version the name of the version, or {@code latest}
	 * @param file the path of the file in the version; neither need exist
	 * @return the resource
	 * @throws io.atomicwrite.spring.publication.PublicationNotConfiguredException if
	 * there is no publication of that name; the message lists the names
	 * @throws IllegalArgumentException if the path is none, or leads out of the version
	 */
	public PublishedFileResource published(String publication, String version, String file) {
		AtomicPublications all = this.publications.get();
		all.settings(publication);
		try {
			return new PublishedFileResource(publication, version, Path.of(file).normalize(), all, this.files);
		}
		catch (InvalidPathException ex) {
			throw refused(PREFIX + publication + "@" + version + "/" + file, "it is not a path: " + ex.getReason());
		}
	}

	/**
	 * Returns the resource of a file.
	 * @param directory the name of a managed directory
	 * @param file the path of the file in the directory; it need not exist
	 * @return the resource
	 * @throws io.atomicwrite.spring.directory.DirectoryNotConfiguredException if there is
	 * no managed directory of that name; the message lists the names
	 * @throws IllegalArgumentException if the path is none, or leads out of the directory
	 */
	public AtomicFileResource get(String directory, String file) {
		ManagedDirectory found = new ManagedDirectory(directory, this.directories.get().path(directory));
		try {
			return new AtomicFileResource(found, found.path().resolve(file).normalize(), this.operations, this.files);
		}
		catch (InvalidPathException ex) {
			throw refused(PREFIX + directory + "/" + file, "it is not a path: " + ex.getReason());
		}
	}

	private static IllegalArgumentException refused(String location, String reason) {
		return new IllegalArgumentException("the location '" + location + "' can't be used: " + reason
				+ "; write it as in atomicfile:settings/app.json");
	}

}
