package io.atomicwrite.checksum;

/**
 * The version of a content: its SHA-256. Two files with the same content have the same
 * version, on every host and after every restart, so it serves as a strong entity tag.
 * Immutable and thread-safe.
 */
public final class Version {

	private static final Version NONE = new Version("none");

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
	 * Returns the version that stands for no file: what is expected of a target that must
	 * not exist.
	 * @return the version, which no content has and {@link #parse} never returns
	 */
	public static Version none() {
		return NONE;
	}

	/**
	 * Returns this version as a checksum.
	 * @return the SHA-256 of the content
	 * @throws IllegalStateException if this is {@link #none()}
	 */
	public Checksum checksum() {
		if (equals(NONE)) {
			throw new IllegalStateException("no file has no checksum");
		}
		return new Checksum(ChecksumAlgorithm.SHA_256, this.value);
	}

	/**
	 * Parses the version of a content, as {@link #toString()} returns it.
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
	 * Returns the 64 hexadecimal digits, in lower case, or {@code none} for
	 * {@link #none()}.
	 */
	@Override
	public String toString() {
		return this.value;
	}

}
