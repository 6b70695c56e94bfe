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
			case PERMIT_DIRECTORY_READING -> "add read permission on the directory, or relax the policy with --safety";
			case RELAX_METADATA -> "run as the owner of the file or as root, or leave out --mode and --preserve-owner";
			case DO_WITHOUT_METADATA -> "choose another directory, or leave out --mode and --preserve-owner";
			case CREATE_DIRECTORY_OR_LET -> "create it";
			case CHOOSE_DIRECTORY_OR_OVERWRITE -> "choose another directory, or leave out --no-clobber";
			case CHOOSE_DIRECTORY_OR_SIDECAR -> "choose another directory, or use --checksum sidecar";
			case KEEP_CHECKSUM -> "write the file with --checksum";
			case ALLOW_OVERWRITE -> "remove it, or leave out --no-clobber";
			case STAY_WITHIN_BASE -> "use a path within the base directory";
			case NAME_LINKED_FILE -> "name the file itself";
			case WAIT_OR_TRY_LATER -> "wait for it with --wait";
			case WAIT_LONGER -> "allow a longer --timeout, or see what the holder does";
			case LOCK_ELSEWHERE -> "choose another directory";
			case TAKE_LOCK, OTHER_FILE_OPERATIONS, SHARE_REGISTRY, ACQUIRE_AGAIN, ADD_FORMAT ->
				"run it again with -vv and report the output";
			case SEE_CAUSE -> "run it again with -vv to see the cause";
			default -> remedy.text();
		};
	}

}
