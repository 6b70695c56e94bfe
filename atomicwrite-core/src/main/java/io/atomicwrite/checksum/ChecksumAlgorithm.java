package io.atomicwrite.checksum;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A checksum algorithm: one of the SHA-2 and SHA-3 algorithms of the Java platform. MD5
 * and SHA-1 are excluded because collisions can be forged. Immutable.
 */
public final class ChecksumAlgorithm {

	/**
	 * The prefix of the names of the extended attributes that hold checksums, after
	 * {@code user.}.
	 */
	public static final String ATTRIBUTE_PREFIX = "atomicwrite.";

	private static final int BITS_OF_A_DIGIT = 4;

	private static final Map<String, ChecksumAlgorithm> BY_SUFFIX = known("SHA-256", "SHA-384", "SHA-512", "SHA-224",
			"SHA-512/224", "SHA-512/256", "SHA3-224", "SHA3-256", "SHA3-384", "SHA3-512");

	/** SHA-256, the default. */
	public static final ChecksumAlgorithm SHA_256 = of("SHA-256");

	/** SHA-384. */
	public static final ChecksumAlgorithm SHA_384 = of("SHA-384");

	/** SHA-512. */
	public static final ChecksumAlgorithm SHA_512 = of("SHA-512");

	private static final List<ChecksumAlgorithm> USUAL = List.of(SHA_256, SHA_384, SHA_512);

	private final String name;

	private final String suffix;

	private final int digits;

	private ChecksumAlgorithm(String name, String suffix, int digits) {
		this.name = name;
		this.suffix = suffix;
		this.digits = digits;
	}

	private static Map<String, ChecksumAlgorithm> known(String... names) {
		Map<String, ChecksumAlgorithm> known = new LinkedHashMap<>();
		for (String name : names) {
			// named like the GNU tools, such as sha256sum
			String suffix = (name.startsWith("SHA-") ? "SHA" + name.substring(4) : name).replace('/', '-')
				.toLowerCase(Locale.ROOT);
			// the last number of the name; asking the provider is slow
			int bits = Integer.parseInt(name.substring(name.length() - 3));
			known.put(suffix, new ChecksumAlgorithm(name, suffix, bits / BITS_OF_A_DIGIT));
		}
		return known;
	}

	/**
	 * Returns an algorithm.
	 * @param name its name, such as {@code SHA-512}, or the suffix of its sidecars, such
	 * as {@code sha512}; case is ignored
	 * @return the algorithm
	 * @throws IllegalArgumentException if no supported algorithm has that name
	 */
	public static ChecksumAlgorithm of(String name) {
		for (ChecksumAlgorithm algorithm : BY_SUFFIX.values()) {
			if (algorithm.name.equalsIgnoreCase(name) || algorithm.suffix.equalsIgnoreCase(name)) {
				return algorithm;
			}
		}
		throw new IllegalArgumentException("'" + name + "' is not a supported checksum algorithm; use one of "
				+ String.join(", ", BY_SUFFIX.values().stream().map(ChecksumAlgorithm::name).toList()));
	}

	/**
	 * Returns the algorithms whose sidecars are searched for beside every file.
	 * @return SHA-256, SHA-384 and SHA-512
	 */
	public static List<ChecksumAlgorithm> usual() {
		return USUAL;
	}

	/**
	 * Returns its name on the Java platform.
	 * @return the name, such as {@code SHA-256}
	 */
	public String name() {
		return this.name;
	}

	/**
	 * Returns the suffix of its sidecars.
	 * @return the suffix without a dot, such as {@code sha256}
	 */
	public String suffix() {
		return this.suffix;
	}

	/**
	 * Returns the name of the extended attribute that holds a checksum.
	 * @return the name without the prefix {@code user.}, such as
	 * {@code atomicwrite.sha256}
	 */
	public String attribute() {
		return ATTRIBUTE_PREFIX + this.suffix;
	}

	/**
	 * Returns the algorithm of an extended attribute that holds a checksum.
	 * @param attribute the name without the prefix {@code user.}
	 * @return the algorithm, empty if the attribute is none of ours
	 */
	public static Optional<ChecksumAlgorithm> ofAttribute(String attribute) {
		if (!attribute.startsWith(ATTRIBUTE_PREFIX)) {
			return Optional.empty();
		}
		try {
			return Optional.of(of(attribute.substring(ATTRIBUTE_PREFIX.length())))
				.filter((algorithm) -> algorithm.attribute().equals(attribute));
		}
		catch (IllegalArgumentException ex) {
			return Optional.empty();
		}
	}

	/**
	 * Returns a new digest.
	 * @return the digest
	 */
	public MessageDigest newDigest() {
		try {
			return MessageDigest.getInstance(this.name);
		}
		catch (NoSuchAlgorithmException ex) {
			// the JDK has provided all of them since Java 9
			throw new IllegalStateException(ex);
		}
	}

	/** Returns the number of hexadecimal digits of a checksum. */
	int digits() {
		return this.digits;
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof ChecksumAlgorithm algorithm && algorithm.name.equals(this.name);
	}

	@Override
	public int hashCode() {
		return this.name.hashCode();
	}

	@Override
	public String toString() {
		return this.name;
	}

}
