package io.atomicwrite.format;

/**
 * How much a format takes in before it refuses a file, so that no content exhausts memory
 * or the stack. Immutable and thread-safe.
 *
 * @param size the bytes of a file
 * @param depth how deep maps and lists are nested
 * @param numberLength the characters of one number
 * @param aliasNodes the values that all aliases of a YAML file stand for, taken together;
 * a chain of aliases multiplies them ("billion laughs")
 */
public record FormatLimits(int size, int depth, int numberLength, int aliasNodes) {

	private static final FormatLimits DEFAULTS = new FormatLimits(16 * 1024 * 1024, 200, 1000, 10_000);

	/**
	 * Creates limits.
	 * @throws IllegalArgumentException if one is not positive, or the depth is over 1,000
	 */
	public FormatLimits {
		if (size <= 0 || depth <= 0 || depth > 1000 || numberLength <= 0 || aliasNodes < 0) {
			throw new IllegalArgumentException("limits must be positive, and the depth at most 1,000");
		}
	}

	/**
	 * Returns the limits that hold unless others are given: 16 MiB, 200 levels, numbers
	 * of 1,000 characters and 10,000 values through aliases.
	 * @return the limits
	 */
	public static FormatLimits defaults() {
		return DEFAULTS;
	}

	/**
	 * Returns limits that differ in the size alone.
	 * @param bytes the bytes of a file
	 * @return the limits
	 */
	public FormatLimits withSize(int bytes) {
		return new FormatLimits(bytes, this.depth, this.numberLength, this.aliasNodes);
	}

}
