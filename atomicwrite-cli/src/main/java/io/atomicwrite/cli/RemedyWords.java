package io.atomicwrite.cli;

import io.atomicwrite.Remedy;

/**
 * Words remedies by the options of the command, where the engine words them by its API.
 */
final class RemedyWords {

	private RemedyWords() {
	}

	static String of(Remedy remedy) {
		return switch (remedy) {
			case RELAX_SAFETY -> "choose another directory, or relax the policy with --safety";
			case REQUIRE_LESS -> "choose another directory, or require less with --require";
			case PERMIT_DIRECTORY_READING -> "add read permission on the directory, or relax the policy with --safety";
			case RELAX_METADATA -> "run as the owner of the file or as root, or leave out --mode and --preserve-owner";
			case LEAVE_MODE ->
				"the filesystem does not let this user set a mode, as where it gives files an owner of its choice: use "
						+ "--no-preserve-mode, without --mode";
			case PERMIT_COMPANIONS ->
				"give this user read permission on the file, and write and search permission on the "
						+ "directories of its backups and its checksum, or name another with --backup-dir";
			case PERMIT_LOCKING -> "give this user write permission on the lock file, or on its directory if there is "
					+ "none yet, or name another with --lock-file";
			case ENABLE_LOCKS ->
				"start the lock service of the network filesystem on both hosts, or name a --lock-file "
						+ "on a local filesystem";
			case DO_WITHOUT_METADATA -> "choose another directory, or leave out --mode and --preserve-owner";
			case CREATE_DIRECTORY_OR_LET -> "create it, or let --parents (-p) create it";
			case CHOOSE_DIRECTORY_OR_OVERWRITE -> "choose another directory, or leave out --no-clobber";
			case CHOOSE_DIRECTORY_OR_SIDECAR -> "choose another directory, or use --checksum sidecar";
			case OTHER_POINTER -> "use --pointer link or --pointer file: the command makes no native calls";
			case KEEP_CHECKSUM -> "write the file with --checksum";
			case ALLOW_OVERWRITE -> "remove it, or leave out --no-clobber";
			case STAY_WITHIN_BASE -> "use a path within the base directory";
			case NAME_LINKED_FILE -> "name the file itself";
			case WAIT_OR_TRY_LATER -> "wait for it with --wait";
			case WAIT_LONGER -> "allow a longer --timeout, or see what the holder does";
			case LOCK_ELSEWHERE -> "name a --lock-file on a filesystem that has locks, or choose another directory";
			case TAKE_LOCK, OTHER_FILE_OPERATIONS, SHARE_REGISTRY, ACQUIRE_AGAIN, ADD_FORMAT ->
				"run it again with -vv and report the output";
			case RESTORE -> "restore a backup (atomic-write restore), or write it again; if it was edited by hand and "
					+ "the edit is right, make it count with atomic-write accept";
			case ALLOW_REWRITE -> "make the change by hand";
			case SEE_CAUSE -> "run it again with -vv to see the cause";
			default -> remedy.text();
		};
	}

}
