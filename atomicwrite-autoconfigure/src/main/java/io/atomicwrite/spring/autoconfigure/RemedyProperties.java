package io.atomicwrite.spring.autoconfigure;

import java.util.Optional;

import io.atomicwrite.Remedy;

/**
 * Words the remedies that a property of the starter sets, which the engine words by its
 * API.
 */
final class RemedyProperties {

	private RemedyProperties() {
	}

	/**
	 * Returns the remedy in terms of properties.
	 * @param remedy the remedy
	 * @return a sentence, empty if no property helps
	 */
	static Optional<String> of(Remedy remedy) {
		return Optional.ofNullable(switch (remedy) {
			case RELAX_SAFETY -> "Choose another directory or, if you accept the risk, relax 'atomicwrite.safety' "
					+ "(warn or best-effort) or 'atomicwrite.require'.";
			case REQUIRE_LESS -> "Choose another directory or, if you accept the risk, relax 'atomicwrite.require' or "
					+ "'atomicwrite.directories.<name>.require'.";
			case PERMIT_DIRECTORY_READING -> "Add read permission on the directory or, if you accept the risk, relax "
					+ "'atomicwrite.safety' (warn or best-effort).";
			case KEEP_CHECKSUM -> "Set 'atomicwrite.checksum.mode' to sidecar or attribute.";
			case CHOOSE_DIRECTORY_OR_SIDECAR ->
				"Choose another directory, or set 'atomicwrite.checksum.mode' to sidecar.";
			case OTHER_POINTER ->
				"Set the pointer of the publication in 'atomicwrite.publications' to link or file, or "
						+ "run Java 22 or later with native calls on a local filesystem.";
			case TAKE_LOCK -> "Set 'atomicwrite.lock.mode' to wait or fail-fast.";
			case LOCK_ELSEWHERE -> "Choose another directory or, if no other process writes there, set "
					+ "'atomicwrite.lock.mode' to none.";
			case WAIT_LONGER -> "Raise 'atomicwrite.lock.timeout', or see what the holder does.";
			case NAME_DIRECTORY ->
				"Put the file into a directory of 'atomicwrite.directories': its name there is the one "
						+ "that all hosts share.";
			case READ_AGAIN_AFTER_LOSS -> "Read the file again and repeat the change. Where that happens often, raise "
					+ "'atomicwrite.lock.lease-time' above the time for which the process is ever suspended.";
			case MOUNT_BACK -> "Mount the filesystem of the directory where it was. If the directory is the right one, "
					+ "restart the application or set 'atomicwrite.safety' to warn or best-effort.";
			case STAY_WITHIN_BASE -> "Use a path within 'atomicwrite.base-directory'.";
			case RELAX_METADATA ->
				"Run as the owner of the file or as root, or set 'atomicwrite.metadata.owner' to " + "try or ignore.";
			case LEAVE_MODE ->
				"The filesystem does not let this user set a mode, as where it gives files an owner of its choice: set "
						+ "'atomicwrite.metadata.mode' to umask.";
			case PERMIT_COMPANIONS ->
				"Give this user write and search permission on the directories of the backups and "
						+ "the checksum, or set 'atomicwrite.backup.directory' to another directory.";
			case CREATE_BACKUP_DIRECTORY ->
				"Create the directory that 'atomicwrite.backup.directory' is to be in, or set it to another.";
			case ENABLE_LOCKS ->
				"Start the lock service of the network filesystem on both hosts or, if no other process "
						+ "writes there, set 'atomicwrite.lock.mode' to none.";
			case DO_WITHOUT_METADATA -> "Choose another directory, or set 'atomicwrite.metadata.mode' to preserve.";
			case ALLOW_REWRITE -> "Make the change by hand, or set 'atomicwrite.formatting' to minimal.";
			default -> null;
		});
	}

}
