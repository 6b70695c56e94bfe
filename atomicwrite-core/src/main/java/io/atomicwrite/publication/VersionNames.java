package io.atomicwrite.publication;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The names in the directory of a publication, and those in a version.
 */
final class VersionNames {

	/** The pointer. */
	static final String LATEST = "latest";

	/** Lists every file of a version; its presence shows that the version is whole. */
	static final String MANIFEST = "manifest.json";

	/** The same list as {@code sha256sum -c} reads it. */
	static final String SUMS = "SHA256SUMS";

	private static final String READERS = ".readers";

	/** Leaves room for what is appended. */
	private static final int LONGEST = 200;

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss.SSS", Locale.ROOT)
		.withZone(ZoneOffset.UTC);

	private VersionNames() {
	}

	/** The name of a version that has none, in the order of the times. */
	static String of(Instant time) {
		return TIME.format(time);
	}

	/** The file whose record lock shows that a version has readers. */
	static String readers(String version) {
		return "." + version + READERS;
	}

	/** Returns the version of a file of readers' leases, or an empty text. */
	static String ofReaders(String name) {
		return (name.startsWith(".") && name.endsWith(READERS) && name.length() > READERS.length() + 1)
				? name.substring(1, name.length() - READERS.length()) : "";
	}

	static boolean isVersion(String name) {
		return !name.isEmpty() && !name.startsWith(".") && !name.equals(LATEST) && name.indexOf('/') < 0
				&& name.indexOf('\\') < 0 && !name.endsWith(".lock") && name.chars().noneMatch(Character::isISOControl)
				&& name.getBytes(StandardCharsets.UTF_8).length <= LONGEST;
	}

	static String requireVersion(String name) {
		if (!isVersion(name)) {
			throw new IllegalArgumentException("'" + name + "' can't be the name of a version: it has 1 to " + LONGEST
					+ " bytes, no slash, backslash or control character, does not begin with a dot or end in .lock, and "
					+ "is not " + LATEST);
		}
		return name;
	}

}
