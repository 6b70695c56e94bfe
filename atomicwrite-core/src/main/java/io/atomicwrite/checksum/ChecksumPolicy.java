package io.atomicwrite.checksum;

import java.util.Locale;
import java.util.Objects;

/**
 * Whether a write keeps a checksum of the content, and where. Immutable and thread-safe.
 */
public final class ChecksumPolicy {

	private static final ChecksumPolicy NONE = new ChecksumPolicy(Mode.NONE, ChecksumAlgorithm.SHA_256);

	private final Mode mode;

	private final ChecksumAlgorithm algorithm;

	private ChecksumPolicy(Mode mode, ChecksumAlgorithm algorithm) {
		this.mode = mode;
		this.algorithm = algorithm;
	}

	/**
	 * Makes no new checksum. An existing sidecar by SHA-256 is kept up to date all the
	 * same, because verification would otherwise report damage where there is none; for
	 * another algorithm, use {@link #of} with it.
	 * @return the policy
	 */
	public static ChecksumPolicy none() {
		return NONE;
	}

	/**
	 * Puts the checksum into a file beside the target that {@code sha256sum -c} accepts.
	 * Needs the lock: the two files are not replaced at once.
	 * @param algorithm what makes it
	 * @return the policy
	 */
	public static ChecksumPolicy sidecar(ChecksumAlgorithm algorithm) {
		return new ChecksumPolicy(Mode.SIDECAR, algorithm);
	}

	/**
	 * Puts the checksum into an extended attribute of the file, so that one rename
	 * commits both. Copies made by other programs may lose it.
	 * @param algorithm what makes it
	 * @return the policy
	 */
	public static ChecksumPolicy attribute(ChecksumAlgorithm algorithm) {
		return new ChecksumPolicy(Mode.ATTRIBUTE, algorithm);
	}

	/**
	 * Returns a policy.
	 * @param mode where the checksum is kept
	 * @param algorithm what makes it
	 * @return the policy
	 */
	public static ChecksumPolicy of(Mode mode, ChecksumAlgorithm algorithm) {
		return new ChecksumPolicy(mode, algorithm);
	}

	/**
	 * Returns where the checksum is kept.
	 * @return the mode
	 */
	public Mode mode() {
		return this.mode;
	}

	/**
	 * Returns what makes it.
	 * @return the algorithm
	 */
	public ChecksumAlgorithm algorithm() {
		return this.algorithm;
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof ChecksumPolicy policy && policy.mode == this.mode
				&& policy.algorithm.equals(this.algorithm);
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.mode, this.algorithm);
	}

	@Override
	public String toString() {
		return (this.mode == Mode.NONE) ? "none" : this.mode.name().toLowerCase(Locale.ROOT) + " " + this.algorithm;
	}

	/**
	 * Where a checksum is kept.
	 */
	public enum Mode {

		/** Nowhere. */
		NONE,

		/** In a file beside the target. */
		SIDECAR,

		/** In an extended attribute of the file. */
		ATTRIBUTE

	}

}
