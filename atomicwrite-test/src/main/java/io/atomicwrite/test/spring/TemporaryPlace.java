package io.atomicwrite.test.spring;

import java.nio.file.Path;

import io.atomicwrite.test.directory.DurableDirectory;

/**
 * The temporary place of an application under test, made by {@link TemporaryDirectories}.
 * A bean of the context that it belongs to; it is deleted when the context is closed,
 * after all other beans. Immutable.
 */
public final class TemporaryPlace {

	/** Has what is outside of the working directory. */
	private static final String ROOT = "root";

	private static final String ABOVE = "above";

	private final Path created;

	private final Path top;

	private final Path workingDirectory;

	private final Path base;

	private final Path directory;

	private TemporaryPlace(Path created, Path top, Path workingDirectory, Path base) {
		this.created = created;
		this.top = top;
		this.workingDirectory = workingDirectory;
		this.base = base;
		this.directory = mirrored(base);
	}

	/**
	 * Creates a place.
	 * @param base the configured base directory, absolute
	 * @param above how many directories above a target there must be
	 */
	static TemporaryPlace create(Path base, int above) {
		return within(DurableDirectory.create(), Path.of("").toAbsolutePath(), base, above);
	}

	static TemporaryPlace within(Path created, Path workingDirectory, Path base, int above) {
		Path top = created;
		for (int i = 0; i < above; i++) {
			top = top.resolve(ABOVE);
		}
		return new TemporaryPlace(created, top, workingDirectory, base);
	}

	/**
	 * Returns the base directory of the application in this place.
	 * @return an absolute path
	 */
	public Path directory() {
		return this.directory;
	}

	/**
	 * Returns where a path of the application is in this place.
	 * @param configured the path as it is configured; if it is relative, relative to the
	 * base directory
	 * @return its absolute path in this place
	 */
	public Path of(String configured) {
		return of(Path.of(configured));
	}

	/**
	 * Returns where a path of the application is in this place.
	 * @param configured the path as it is configured; if it is relative, relative to the
	 * base directory
	 * @return its absolute path in this place
	 */
	public Path of(Path configured) {
		Path absolute = this.base.resolve(configured).normalize();
		// made of a path that was placed before, by a placeholder for example
		if (absolute.startsWith(this.created)) {
			return absolute;
		}
		return absolute.startsWith(this.base) ? this.directory.resolve(this.base.relativize(absolute))
				: mirrored(absolute);
	}

	private Path mirrored(Path absolute) {
		if (absolute.startsWith(this.workingDirectory)) {
			return this.top.resolve(this.workingDirectory.relativize(absolute));
		}
		return this.top.resolve(ROOT).resolve(absolute.getRoot().relativize(absolute));
	}

	void delete() {
		DurableDirectory.delete(this.created);
	}

	@Override
	public String toString() {
		return this.created.toString();
	}

}
