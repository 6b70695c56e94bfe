package io.atomicwrite.document;

/**
 * What happens if the file of an open document goes missing.
 */
public enum WhenMissing {

	/**
	 * The value stays: editors and deployments take a file away for a moment. The
	 * default.
	 */
	KEEP,

	/** The defaults are served. */
	DEFAULTS

}
