package io.atomicwrite.watch;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Reads a file whose state is known.
 */
final class Reading {

	private Reading() {
	}

	/** Reads it; the result holds only if the state is the same afterwards. */
	static Look read(TouchingFiles files, FileState state, int maxSize) {
		Signature signature = state.signature();
		if (signature == null) {
			return (state.cause() != null) ? new Look.Unreadable(state.cause()) : new Look.Missing();
		}
		if (signature.size() > maxSize) {
			return new Look.TooLarge(signature.size());
		}
		try {
			byte[] bytes = files.read(signature.file(), signature.size(), maxSize + 1);
			return (bytes.length > maxSize) ? new Look.TooLarge(bytes.length) : new Look.Content(bytes, signature);
		}
		catch (IOException ex) {
			return new Look.Unreadable(ex);
		}
	}

	/** Describes a look; equal descriptions are no news. */
	static String describe(Look look) {
		if (look instanceof Look.Content content) {
			return digest(content.bytes());
		}
		if (look instanceof Look.TooLarge large) {
			return "too large: " + large.size();
		}
		return (look instanceof Look.Unreadable unreadable) ? FileState.of(unreadable.cause()).error() : "missing";
	}

	static String digest(byte[] content) {
		try {
			return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
		}
		catch (NoSuchAlgorithmException ex) {
			// each JDK has it
			throw new IllegalStateException(ex);
		}
	}

}
