package io.atomicwrite.doctor;

/**
 * How much a finding matters, the least first.
 */
public enum Severity {

	/** As it should be. */
	OK,

	/** Worth knowing; nothing breaks by it. */
	INFO,

	/** Not tried, or could not be told. Never a guessed yes. */
	UNKNOWN,

	/** Something will not work, or not for long. */
	WARNING,

	/** A promise is broken, or writes fail. */
	ERROR

}
