package io.atomicwrite.doctor;

/**
 * The severity of a finding, in ascending order.
 */
public enum Severity {

	/** As it should be. */
	OK,

	/** Worth knowing, but harmless. */
	INFO,

	/** Not checked, or the check gave no answer. It is never reported as {@link #OK}. */
	UNKNOWN,

	/** Something does not work, or will soon fail. */
	WARNING,

	/** A guarantee is broken, or writes fail. */
	ERROR

}
