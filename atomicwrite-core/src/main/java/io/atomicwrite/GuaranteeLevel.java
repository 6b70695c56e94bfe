package io.atomicwrite;

/**
 * How far a {@link Guarantee} is kept in a directory. Declared from the weakest to the
 * strongest, so that levels compare by {@link #compareTo}.
 */
public enum GuaranteeLevel {

	/**
	 * Known not to hold.
	 */
	UNSUPPORTED,

	/**
	 * Not promised: it may hold, but known cases break it.
	 */
	NON_TARGET,

	/**
	 * Everything is done that can be done from here; the rest depends on something that
	 * can't be seen or was never measured.
	 */
	BEST_EFFORT,

	/**
	 * Holds, and evidence shows it.
	 */
	GUARANTEED;

	/**
	 * Returns whether this level is at least as strong as another.
	 * @param other the level to compare with
	 * @return whether this level satisfies the other
	 */
	public boolean satisfies(GuaranteeLevel other) {
		return compareTo(other) >= 0;
	}

	/**
	 * Returns the weaker of this level and another.
	 * @param other the level to compare with
	 * @return the weaker one
	 */
	public GuaranteeLevel weaker(GuaranteeLevel other) {
		return (compareTo(other) <= 0) ? this : other;
	}

}
