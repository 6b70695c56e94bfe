package io.atomicwrite.publication;

import java.nio.file.Path;

/**
 * A version that a reader has open: it stays the same, whatever {@code latest} names
 * meanwhile, and no sweep removes it. Thread-safe.
 *
 * <pre class="code">
 * try (OpenVersion version = publication.open("latest")) {
 *     load(version.file("part-0.csv"), version.file("part-1.csv"));
 * }
 * </pre>
 */
public final class OpenVersion implements AutoCloseable {

	private final String name;

	private final Path path;

	private final ReaderLeases.Lease lease;

	OpenVersion(String name, Path path, ReaderLeases.Lease lease) {
		this.name = name;
		this.path = path;
		this.lease = lease;
	}

	/**
	 * Returns the name of the version.
	 * @return the name, never {@code latest}
	 */
	public String name() {
		return this.name;
	}

	/**
	 * Returns the directory of the version.
	 * @return the path, which does not lead through {@code latest}
	 */
	public Path path() {
		return this.path;
	}

	/**
	 * Returns the path of a file in the version, which need not exist.
	 * @param relative its path in the version
	 * @return the path
	 * @throws IllegalArgumentException if it leads out of the version
	 */
	public Path file(String relative) {
		Path file = this.path.resolve(relative).normalize();
		if (!file.startsWith(this.path)) {
			throw new IllegalArgumentException(relative + " leads out of the version " + this.path);
		}
		return file;
	}

	/**
	 * Gives the lease back. Closing again does nothing.
	 */
	@Override
	public void close() {
		this.lease.close();
	}

}
