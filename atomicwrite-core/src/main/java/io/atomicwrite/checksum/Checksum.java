package io.atomicwrite.checksum;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;

/**
 * A checksum of some content. Immutable.
 *
 * @param algorithm the algorithm
 * @param hex the digest in lower-case hexadecimal digits
 */
public record Checksum(ChecksumAlgorithm algorithm, String hex) {

	private static final int BUFFER = 64 * 1024;

	/**
	 * Creates a checksum.
	 * @param algorithm the algorithm
	 * @param hex the digest in hexadecimal digits, as many as the algorithm produces
	 * @throws IllegalArgumentException if it is not a digest of that algorithm
	 */
	public Checksum {
		hex = hex.toLowerCase(Locale.ROOT);
		if (hex.length() != algorithm.digits() || !hex.chars().allMatch(HexFormat::isHexDigit)) {
			throw new IllegalArgumentException("'" + hex + "' is not a checksum of algorithm " + algorithm);
		}
	}

	/**
	 * Returns the checksum of the bytes that a digest was updated with.
	 * @param algorithm the algorithm
	 * @param digest the digest, which is reset
	 * @return the checksum
	 */
	public static Checksum of(ChecksumAlgorithm algorithm, MessageDigest digest) {
		return new Checksum(algorithm, HexFormat.of().formatHex(digest.digest()));
	}

	/**
	 * Returns the line of a file, as {@code sha256sum} prints and checks it.
	 * @param name the name or path of the file
	 * @return the line, which ends with a line feed
	 */
	public String line(String name) {
		String escaped = name.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
		return (escaped.equals(name) ? "" : "\\") + this.hex + "  " + escaped + "\n";
	}

	/**
	 * Computes the checksum of bytes.
	 * @param algorithm the algorithm
	 * @param content the bytes
	 * @return the checksum
	 */
	public static Checksum of(ChecksumAlgorithm algorithm, byte[] content) {
		MessageDigest digest = algorithm.newDigest();
		digest.update(content);
		return of(algorithm, digest);
	}

	/**
	 * Computes the checksum of a stream, in constant memory.
	 * @param algorithm the algorithm
	 * @param content the stream, read to its end and not closed
	 * @return the checksum
	 * @throws IOException if the stream can't be read
	 */
	public static Checksum of(ChecksumAlgorithm algorithm, InputStream content) throws IOException {
		MessageDigest digest = algorithm.newDigest();
		byte[] buffer = new byte[BUFFER];
		for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
			digest.update(buffer, 0, read);
		}
		return of(algorithm, digest);
	}

	@Override
	public String toString() {
		return this.hex;
	}

}
