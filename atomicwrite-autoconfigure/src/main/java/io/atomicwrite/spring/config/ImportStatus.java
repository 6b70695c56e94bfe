package io.atomicwrite.spring.config;

/**
 * What the properties of an imported file are worth.
 */
public enum ImportStatus {

	/** They are those of the file. */
	VALID,

	/** The file was corrupt at the start: they are those of its last good version. */
	LAST_GOOD,

	/** The file has changed and can't be used: they are those that it had before. */
	INVALID,

	/** The file is missing. They are those that it had before, if it was there. */
	MISSING

}
