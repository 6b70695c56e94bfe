package io.atomicwrite.document;

/**
 * What happens to the keys of a file that the type of its document does not know.
 */
public enum UnknownFields {

	/**
	 * They stay, in elements of lists, too: a newer version of the application may have
	 * written them. The default.
	 */
	PRESERVE,

	/** A file that has one is invalid; the problem names the key, its line and column. */
	REJECT,

	/** They are ignored when the file is read, and removed when it is written next. */
	DROP

}
