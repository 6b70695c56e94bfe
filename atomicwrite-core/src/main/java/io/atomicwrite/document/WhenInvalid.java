package io.atomicwrite.document;

/**
 * What happens if a file is invalid when its document is opened.
 */
public enum WhenInvalid {

	/**
	 * The last valid content is served, if one was kept, and the document is reported as
	 * invalid. The file stays as it is. The default.
	 */
	LAST_GOOD,

	/** The document can't be opened. */
	FAIL

}
