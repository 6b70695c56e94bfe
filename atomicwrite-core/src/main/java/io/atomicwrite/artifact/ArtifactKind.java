package io.atomicwrite.artifact;

/**
 * The kinds of files that are put beside a target.
 */
public enum ArtifactKind {

	/**
	 * The new bytes on their way to become the target.
	 */
	STAGING,

	/**
	 * The file on which the lock of a target is taken.
	 */
	LOCK,

	/**
	 * The checksum of a target.
	 */
	SIDECAR,

	/**
	 * A previous content of a target.
	 */
	BACKUP,

	/**
	 * A file by which a directory is tried out.
	 */
	PROBE

}
