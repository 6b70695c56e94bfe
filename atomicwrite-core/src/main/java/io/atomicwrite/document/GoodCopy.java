package io.atomicwrite.document;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.atomicwrite.checksum.Version;

/**
 * What the copy of a last valid content holds: a line that says what it is, then the
 * content as it was in the file. Immutable.
 *
 * @param content the content, not copied
 * @param version its version
 * @param schema its schema number
 */
public record GoodCopy(byte[] content, Version version, int schema) {

	private static final Pattern HEADER = Pattern
		.compile("atomicwrite last-good 1 sha256=([0-9a-f]{64}) schema=(\\d{1,10})");

	/** No header is longer. */
	private static final int MAX_HEADER = 128;

	private static final int HASH_DIGITS = 16;

	/**
	 * Returns the name that stands for a document in a directory of copies. Other
	 * documents there may have the same last name, so the name also stands for the path.
	 * @param target the canonical path of the document
	 * @return the name, of which {@link io.atomicwrite.artifact.ArtifactNames#good} makes
	 * that of the copy
	 */
	public static String nameElsewhere(Path target) {
		byte[] path = target.toString().getBytes(StandardCharsets.UTF_8);
		return target.getFileName() + "." + Version.of(path).toString().substring(0, HASH_DIGITS);
	}

	/** Returns the bytes of the copy. */
	byte[] encode() {
		byte[] header = ("atomicwrite last-good 1 sha256=" + this.version + " schema=" + this.schema + "\n")
			.getBytes(StandardCharsets.US_ASCII);
		byte[] all = Arrays.copyOf(header, header.length + this.content.length);
		System.arraycopy(this.content, 0, all, header.length, this.content.length);
		return all;
	}

	/**
	 * Decodes a copy.
	 * @param all the bytes of the copy
	 * @return the copy, or empty if it is none or was damaged
	 */
	public static Optional<GoodCopy> decode(byte[] all) {
		int end = 0;
		while (end < all.length && end < MAX_HEADER && all[end] != '\n') {
			end++;
		}
		if (end == all.length) {
			return Optional.empty();
		}
		Matcher header = HEADER.matcher(new String(all, 0, end, StandardCharsets.US_ASCII));
		if (!header.matches()) {
			return Optional.empty();
		}
		byte[] content = Arrays.copyOfRange(all, end + 1, all.length);
		Version version = Version.of(content);
		try {
			return version.toString().equals(header.group(1))
					? Optional.of(new GoodCopy(content, version, Integer.parseInt(header.group(2)))) : Optional.empty();
		}
		catch (NumberFormatException ex) {
			return Optional.empty();
		}
	}

}
