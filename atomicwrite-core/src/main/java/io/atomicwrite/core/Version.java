package io.atomicwrite.core;

import io.atomicwrite.checksum.Checksum;
import io.atomicwrite.checksum.ChecksumAlgorithm;

/**
 * The version of a content: its SHA-256. Two files with the same content have the same
 * version, on every host and after every restart, so it serves as a strong entity tag.
 * Immutable and thread-safe.
 */
public final class Version {

	private final String value;

	private Version(String value) {
		this.value = value;
	}

	/**
	 * Returns the version of a content.
	 * @param content the content
	 * @return its version
	 */
	public static Version of(byte[] content) {
		return new Version(Checksum.of(ChecksumAlgorithm.SHA_256, content).hex());
	}

	/**
	 * Returns this version as a checksum.
	 * @return the SHA-256 of the content
	 */
	public Checksum checksum() {
		return new Checksum(ChecksumAlgorithm.SHA_256, this.value);
	}

	/**
	 * Parses what {@link #toString()} returns.
	 * @param text 64 hexadecimal digits
	 * @return the version
	 */
	public static Version parse(String text) {
		if (!text.matches("[0-9a-f]{64}")) {
			throw new IllegalArgumentException("'" + text + "' is no version: a version has 64 hexadecimal digits");
		}
		return new Version(text);
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof Version version && version.value.equals(this.value);
	}

	@Override
	public int hashCode() {
		return this.value.hashCode();
	}

	/**
	 * Returns the 64 hexadecimal digits, in lower case.
	 */
	@Override
	public String toString() {
		return this.value;
	}

}
