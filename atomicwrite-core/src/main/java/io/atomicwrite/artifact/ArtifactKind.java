package io.atomicwrite.artifact;

/**
 * The kinds of files that the library creates beside a target.
 */
public enum ArtifactKind {

	/**
	 * The new content, before it is renamed to the target.
	 */
	STAGING,

	/**
	 * The file on which the lock of a target is taken.
	 */
	LOCK,

	/**
	 * What is recorded of a target: its checksum, or in a manifest where it comes from.
	 */
	SIDECAR,

	/**
	 * A previous version of a target's content.
	 */
	BACKUP,

	/**
	 * A file that a diagnosis creates to test a directory.
	 */
	PROBE

}
