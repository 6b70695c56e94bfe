package io.atomicwrite.publication;

/**
 * How {@code latest} shows a version.
 */
public enum PointerKind {

	/** A symbolic link to the directory of the version: other programs follow it. */
	LINK,

	/** A file that holds the name of the version, where links are not wanted. */
	FILE,

	/**
	 * <b>Experimental.</b> A directory with the files of the version, for programs that
	 * know one directory and follow no pointer. It is exchanged in one step, and its
	 * files are further names (hard links) of those of the version. It needs native calls
	 * and a filesystem that exchanges names, and is refused elsewhere before anything is
	 * written. A program that opens file after file by a path through {@code latest} may
	 * see two versions; one that opens the directory first sees one.
	 * @see io.atomicwrite.fs.NativeCalls
	 */
	DIRECTORY

}
