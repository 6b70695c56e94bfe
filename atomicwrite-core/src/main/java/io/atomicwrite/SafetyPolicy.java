package io.atomicwrite;

/**
 * What happens where the filesystem can't keep the guarantees that a write needs.
 */
public enum SafetyPolicy {

	/**
	 * A write that needs a guarantee below {@link GuaranteeLevel#BEST_EFFORT} is refused
	 * before any I/O, and a failed directory sync is an error.
	 */
	STRICT,

	/**
	 * The write goes ahead and its result carries a warning.
	 */
	WARN,

	/**
	 * The write goes ahead in silence: the caller has taken responsibility.
	 */
	BEST_EFFORT

}
