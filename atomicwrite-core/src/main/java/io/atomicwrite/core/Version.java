package io.atomicwrite.core;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The version of a content: its SHA-256. Two files with the same content have the same
 * version, on every host and after every restart, so it serves as a strong entity tag.
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
		return ofDigest(newDigest().digest(content));
	}

	static Version ofDigest(byte[] sha256) {
		return new Version(HexFormat.of().formatHex(sha256));
	}

	/**
	 * Parses what {@link #toString()} gave.
	 * @param text 64 hexadecimal digits
	 * @return the version
	 */
	public static Version parse(String text) {
		if (!text.matches("[0-9a-f]{64}")) {
			throw new IllegalArgumentException("'" + text + "' is no version: it has 64 hexadecimal digits");
		}
		return new Version(text);
	}

	static MessageDigest newDigest() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			// every Java platform has it, see the documentation of MessageDigest
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof Version version && version.value.equals(this.value);
	}

	@Override
	public int hashCode() {
		return this.value.hashCode();
	}

	@Override
	public String toString() {
		return this.value;
	}

}
