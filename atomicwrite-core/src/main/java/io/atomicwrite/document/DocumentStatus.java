package io.atomicwrite.document;

/**
 * How a document stands to its file.
 */
public enum DocumentStatus {

	/** The value is that of the file. */
	VALID,

	/** There is no file; the value is that of the defaults. */
	DEFAULTED,

	/**
	 * The file holds no valid value, or can't be read; the value is the last valid one.
	 * An update fails until the file is corrected, replaced or recovered.
	 */
	INVALID,

	/** The file is gone; the value is the last valid one. An update creates the file. */
	MISSING,

	/** The file has a newer schema than the application, which so must not change it. */
	TOO_NEW,

	/** The value is that of the file, and the options do not permit changes. */
	READ_ONLY,

	/** The document is closed; it serves its last value and follows the file no more. */
	CLOSED

}
