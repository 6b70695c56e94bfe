package io.atomicwrite;

/**
 * What happens where the filesystem can't keep the guarantees that a write needs.
 */
public enum SafetyPolicy {

	/**
	 * A write that needs a guarantee below {@link GuaranteeLevel#BEST_EFFORT} is refused
	 * before any I/O, and a failed directory sync is an error. The one exception is crash
	 * durability on a filesystem that is in memory by its nature, tmpfs or ramfs: the
	 * write goes ahead, its outcome is {@link WriteOutcome#VISIBLE_NOT_DURABLE}, and a
	 * warning says so, unless the level is required explicitly.
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
