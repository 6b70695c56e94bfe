package io.atomicwrite.mutation;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

import io.atomicwrite.fs.DirectoryHandle;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.FileStat;
import io.atomicwrite.test.fault.FileCall;
import io.atomicwrite.test.fault.FileCall.Op;

import static io.atomicwrite.test.MutatedFileOps.answering;
import static io.atomicwrite.test.MutatedFileOps.calls;
import static io.atomicwrite.test.MutatedFileOps.creatingWith;
import static io.atomicwrite.test.MutatedFileOps.delaying;
import static io.atomicwrite.test.MutatedFileOps.dropping;
import static io.atomicwrite.test.MutatedFileOps.droppingAfter;
import static io.atomicwrite.test.MutatedFileOps.droppingRightAfter;
import static io.atomicwrite.test.MutatedFileOps.hidingFailure;
import static io.atomicwrite.test.MutatedFileOps.lookingOnlyBeforeTheLock;
import static io.atomicwrite.test.MutatedFileOps.notLookingAfter;
import static io.atomicwrite.test.MutatedFileOps.notLookingAfterASync;
import static io.atomicwrite.test.MutatedFileOps.on;
import static io.atomicwrite.test.MutatedFileOps.preceding;
import static io.atomicwrite.test.MutatedFileOps.repeatingFailed;
import static io.atomicwrite.test.MutatedFileOps.replacing;
import static io.atomicwrite.test.MutatedFileOps.settingMode;

/**
 * Mutations of what the engine does to files, each with the check that must find it.
 */
enum FileMutation {

	NO_SYNC("drop the sync of the staging file", Check.CRASH_OF_A_REPLACE, dropping(calls(Op.SYNC))),

	LATE_SYNC("sync the staging file after its rename", Check.CRASH_OF_A_REPLACE,
			delaying(calls(Op.SYNC), calls(Op.RENAME))),

	LATE_WRITE("write after the sync", Check.CRASH_OF_A_REPLACE, delaying(calls(Op.WRITE), calls(Op.SYNC))),

	SYNC_AGAIN("sync again after a failed sync", Check.FAILED_SYNC, repeatingFailed(calls(Op.SYNC))),

	HIDDEN_SYNC("a failed sync passes for done", Check.FAILED_COMMIT, hidingFailure(calls(Op.SYNC))),

	NO_SYNC_OF_THE_DIRECTORY("drop the sync of the directory", Check.CRASH_OF_A_REPLACE,
			dropping(calls(Op.SYNC_DIRECTORY))),

	EARLY_SYNC_OF_THE_DIRECTORY("sync the directory before the rename", Check.CRASH_OF_A_CREATE,
			delaying(calls(Op.RENAME), calls(Op.SYNC_DIRECTORY))),

	SYNC_OF_THE_DIRECTORY_AGAIN("repeat a failed sync of the directory", Check.FAILED_SYNC_OF_A_DIRECTORY,
			repeatingFailed(calls(Op.SYNC_DIRECTORY))),

	HIDDEN_SYNC_OF_THE_DIRECTORY("a failed sync of the directory passes for done", Check.FAILED_SYNC_OF_A_DIRECTORY,
			hidingFailure(calls(Op.SYNC_DIRECTORY))),

	LATE_MODE("metadata after the sync", Check.ORDER_OF_AN_EXISTING_FILE, delaying(calls(Op.SET_MODE), calls(Op.SYNC))),

	NO_MODE("drop the final mode", Check.ORDER_OF_AN_EXISTING_FILE, dropping(calls(Op.SET_MODE))),

	WIDER_MODE("set a wider mode than that of the target", Check.METADATA, settingMode((mode) -> mode | 020)),

	NO_ATTRIBUTE("drop the attributes", Check.METADATA, dropping(calls(Op.SET_ATTRIBUTE))),

	NO_OWNER("drop the owner", Check.ORDER_OF_METADATA, dropping(calls(Op.SET_OWNER))),

	LATE_OWNER("mode before owner", Check.ORDER_OF_METADATA, delaying(calls(Op.SET_OWNER), calls(Op.SET_MODE))),

	LATE_ATTRIBUTE("attributes after the mode", Check.ORDER_OF_METADATA,
			delaying(calls(Op.SET_ATTRIBUTE), calls(Op.SET_MODE))),

	NO_LOOK_AFTER_A_SYNC("no look at a directory after its sync", Check.DEAD_FILESYSTEM, notLookingAfterASync()),

	HIDDEN_LOCK_FILE("a lock file that can't be deleted passes for nothing", Check.LOCK_FILE_THAT_STAYS,
			hidingFailure(on(Op.DELETE, ".*\\.lock"))),

	NO_SYNC_ABOVE("do not sync the directory above a created one", Check.ORDER_OF_DIRECTORIES,
			droppingRightAfter(calls(Op.CREATE_DIRECTORY), calls(Op.SYNC_DIRECTORY))),

	DIRECTORIES_LEFT("created directories are left after a failure", Check.FAILED_WRITE_WITH_DIRECTORIES,
			dropping(on(Op.DELETE, "[ab]"))),

	NO_LOOK_AT_THE_LEASE("no look at the lease before the commit", Check.LOST_LEASE,
			notLookingAfter(calls(Op.CREATE), on(Op.STAT, ".*\\.lock"))),

	EARLY_LOOK_AT_THE_LEASE("the last look at the lease comes before the sync", Check.LOOK_AT_THE_LEASE,
			notLookingAfter(calls(Op.SYNC), on(Op.STAT, ".*\\.lock"))),

	EARLY_LOOK_AT_THE_TARGET("no look at the target under the lease", Check.LOOK_UNDER_THE_LEASE,
			lookingOnlyBeforeTheLock()),

	REPLACE_BY_UNLINK("replace by unlink and rename", Check.CRASH_OF_A_REPLACE,
			preceding(replaces(), (files, call) -> files.delete(other(call)))),

	LOOK_THEN_RENAME("no-clobber by look, then rename", Check.TARGET_OF_ANOTHER,
			replacing(calls(Op.LINK), (files, call) -> {
				if (files.kind(other(call)) != null) {
					throw new FileAlreadyExistsException(other(call).toString());
				}
				files.rename(call.path(), other(call));
			})),

	RENAME_FOR_LINK("no-clobber by rename", Check.ORDER_WITHOUT_OVERWRITE,
			replacing(calls(Op.LINK), (files, call) -> files.rename(call.path(), other(call)))),

	HIDDEN_LINK("a link that failed passes for done", Check.TARGET_OF_ANOTHER, hidingFailure(calls(Op.LINK))),

	NO_LOOK_AFTER_A_FAILED_LINK("no look at the target after a link that failed", Check.LOST_ANSWER_OF_A_LINK,
			notLookingAfter(calls(Op.LINK), calls(Op.STAT))),

	STAGING_NAME_LEFT("the staging name stays beside the link", Check.ORDER_WITHOUT_OVERWRITE,
			dropping(on(Op.DELETE, ".*\\.tmp"))),

	LATE_DROP_OF_THE_STAGING_NAME("the staging name goes after the sync of the directory",
			Check.ORDER_WITHOUT_OVERWRITE, delaying(on(Op.DELETE, ".*\\.tmp"), calls(Op.SYNC_DIRECTORY))),

	SHARED_STAGING_FILE("staging file not created exclusively", Check.STAGING_FILE_OF_ANOTHER,
			preceding(calls(Op.CREATE), (files, call) -> {
				if (files.kind(call.path()) != null) {
					files.delete(call.path());
				}
			})),

	WIDE_STAGING_FILE("staging file wider than the final one", Check.MODE_MEANWHILE, creatingWith((mode) -> 0666)),

	STAGING_FILE_LEFT("staging file left after a failure", Check.FAILED_COMMIT, dropping(on(Op.DELETE, ".*\\.tmp"))),

	NO_LOOK_AFTER_A_FAILED_RENAME("staging file deleted though the rename may have happened",
			Check.LOST_ANSWER_OF_A_RENAME, answering(on(Op.KIND, ".*\\.tmp"), FileStat.Kind.REGULAR)),

	HIDDEN_RENAME("a failed rename passes for done", Check.FAULTS_OF_A_REPLACE, hidingFailure(calls(Op.RENAME))),

	HIDDEN_WRITE("a failed write passes for done", Check.FAULTS_OF_A_REPLACE, hidingFailure(calls(Op.WRITE))),

	STAGING_FILE_OPEN("the staging file stays open", Check.EVERYTHING_IS_CLOSED, dropping(calls(Op.CLOSE))),

	DIRECTORY_OPEN("the directory stays open", Check.EVERYTHING_IS_CLOSED, dropping(calls(Op.CLOSE_DIRECTORY))),

	LOCK_FILE_OPEN("the lock file stays open", Check.EVERYTHING_IS_CLOSED, dropping(calls(Op.UNLOCK))),

	NO_LOCK("the lock file is opened and not locked", Check.ORDER_OF_A_NEW_FILE, answering(calls(Op.LOCK), true)),

	NO_MARK("without a lease, no mark of a live writer", Check.ORDER_WITHOUT_OVERWRITE,
			answering(calls(Op.MARK), true)),

	LOCK_FILE_LEFT("the lock file stays", Check.ORDER_OF_A_NEW_FILE, dropping(on(Op.DELETE, ".*\\.lock"))),

	LATE_DELETE_OF_THE_LOCK_FILE("the lock file goes after the unlock", Check.ORDER_OF_A_NEW_FILE,
			delaying(on(Op.DELETE, ".*\\.lock"), calls(Op.UNLOCK))),

	LEASE_BEFORE_THE_COMMIT("the lease is given back before the commit", Check.ORDER_OF_A_NEW_FILE,
			preceding(calls(Op.RENAME), (files, call) -> files.delete(sibling(other(call), ".lock")))),

	LEASE_BEFORE_THE_SYNC("the lease is given back before the commit is durable", Check.ORDER_OF_A_NEW_FILE,
			delaying(calls(Op.SYNC_DIRECTORY), on(Op.DELETE, ".*\\.lock"))),

	NO_SECOND_SYNC("no second sync where that of the directory does nothing", Check.ORDER_WHERE_A_SYNC_MAY_DO_NOTHING,
			droppingAfter(calls(Op.RENAME), calls(Op.SYNC))),

	MOVE_WITHOUT_SYNC("move: content not synced", Check.ORDER_OF_A_MOVE, dropping(calls(Op.SYNC))),

	MOVE_OLD_NAME_FIRST("move: old name gone before the new one is durable", Check.CRASH_OF_A_MOVE,
			delaying(on(Op.SYNC_DIRECTORY, "e"), on(Op.SYNC_DIRECTORY, "d"))),

	MOVE_WITHOUT_SYNC_OF_THE_NEW_NAME("move: the directory of the new name is not synced", Check.CRASH_OF_A_MOVE,
			dropping(on(Op.SYNC_DIRECTORY, "e"))),

	MOVE_WITHOUT_SYNC_OF_THE_OLD_NAME("move: the directory of the old name is not synced", Check.CRASH_OF_A_MOVE,
			dropping(on(Op.SYNC_DIRECTORY, "d"))),

	MOVE_WITHOUT_SIDECAR("move: the sidecar of the old name goes before the commit",
			Check.CRASH_OF_A_MOVE_WITH_A_SIDECAR, preceding(on(Op.RENAME, "g"), (files, call) -> {
				files.delete(sibling(call.path(), ".sha256"));
				sync(files, call.path().getParent());
			})),

	DELETE_WITHOUT_SYNC("delete: the directory is not synced", Check.CRASH_OF_A_DELETE,
			dropping(calls(Op.SYNC_DIRECTORY))),

	DELETE_AFTER_SYNC("delete: the directory is synced before", Check.CRASH_OF_A_DELETE,
			delaying(on(Op.DELETE, "f\\.json"), calls(Op.SYNC_DIRECTORY))),

	DELETE_LEASE_BEFORE_SYNC("delete: the lease is given back before the delete is durable", Check.ORDER_OF_A_DELETE,
			delaying(calls(Op.SYNC_DIRECTORY), on(Op.DELETE, ".*\\.lock"))),

	APPEND_WITHOUT_SYNC("append: the content is not synced", Check.CRASH_OF_AN_APPEND,
			dropping(on(Op.SYNC, "\\.f\\.json\\.[0-9a-f]+\\.tmp"))),

	RESTORE_WITHOUT_SYNC("restore: the directory is not synced after the commit", Check.CRASH_OF_A_RESTORE,
			droppingAfter(on(Op.RENAME, "f\\.json"), calls(Op.SYNC_DIRECTORY))),

	SIDECAR_WITHOUT_SYNC("companions: the sidecar is not synced", Check.CRASH_WITH_A_SIDECAR,
			dropping(on(Op.SYNC, ".*sha256.*"))),

	SIDECAR_NOT_DURABLE("companions: no sync of the directory before the commit", Check.CRASH_WITH_A_SIDECAR,
			droppingRightAfter(on(Op.RENAME, "f\\.sha256"), calls(Op.SYNC_DIRECTORY))),

	SIDECAR_AFTER_THE_COMMIT("companions: the commit comes before its sidecar", Check.CRASH_WITH_A_SIDECAR,
			delaying(on(Op.RENAME, "f\\.sha256"), on(Op.RENAME, "f"))),

	SIDECAR_BY_UNLINK("companions: a sidecar is deleted before it is replaced", Check.CRASH_WITH_A_SIDECAR,
			preceding(on(Op.RENAME, "f\\.sha256"), (files, call) -> files.delete(other(call)))),

	MANIFEST_WITHOUT_SYNC("companions: the manifest is not synced", Check.CRASH_WITH_A_MANIFEST,
			dropping(on(Op.SYNC, ".*manifest\\.json.*"))),

	MANIFEST_NOT_DURABLE("companions: no sync of the directory between manifest and commit",
			Check.CRASH_WITH_A_MANIFEST,
			droppingRightAfter(on(Op.RENAME, "f\\.manifest\\.json"), calls(Op.SYNC_DIRECTORY))),

	MANIFEST_AFTER_THE_COMMIT("companions: the commit comes before its manifest", Check.CRASH_WITH_A_MANIFEST,
			delaying(on(Op.RENAME, "f\\.manifest\\.json"), on(Op.RENAME, "f"))),

	MANIFEST_BY_UNLINK("companions: a manifest is deleted before it is replaced", Check.CRASH_WITH_A_MANIFEST,
			preceding(on(Op.RENAME, "f\\.manifest\\.json"), (files, call) -> files.delete(other(call)))),

	ATTRIBUTE_AFTER_THE_SYNC("the checksum in an attribute comes after the sync", Check.CRASH_WITH_AN_ATTRIBUTE,
			delaying(calls(Op.SET_ATTRIBUTE), calls(Op.SYNC))),

	BACKUP_BY_RENAME("backup: the target is renamed away", Check.CRASH_WITH_A_BACKUP,
			replacing(calls(Op.LINK), (files, call) -> files.rename(call.path(), other(call)))),

	BACKUP_AFTER_THE_COMMIT("backup: made after the commit", Check.CRASH_WITH_A_BACKUP,
			delaying(on(Op.LINK, ".*\\.tmp").or(on(Op.RENAME, "f\\.backup")), on(Op.RENAME, "f"))),

	BACKUP_BEFORE_ITS_SIDECAR("backup: replaced before its sidecar is durable", Check.CRASH_WITH_A_BACKUP,
			droppingRightAfter(on(Op.RENAME, "f\\.backup\\.sha256"), calls(Op.SYNC_DIRECTORY))),

	COPY_WITHOUT_SYNC("backup: a copy is not synced", Check.CRASH_WITH_A_COPY,
			dropping(on(Op.SYNC, "\\.f\\..*\\.backup\\.[0-9a-f]+\\.tmp"))),

	BACKUP_ELSEWHERE_NOT_DURABLE("backup: its own directory is not synced", Check.CRASH_WITH_A_BACKUP_ELSEWHERE,
			dropping(on(Op.SYNC_DIRECTORY, "old"))),

	RECOVERY_WITHOUT_SYNC("recovery: finished without a sync of the content", Check.CRASH_AFTER_KILL_AND_RECOVERY,
			dropping(calls(Op.SYNC))),

	RECOVERY_NOT_DURABLE("recovery: what it has done is not durable", Check.CRASH_OF_A_RECOVERY,
			droppingRightAfter(calls(Op.DELETE), calls(Op.SYNC_DIRECTORY))),

	RECOVERY_ASIDE_NOT_DURABLE("recovery: what was set aside is not durable", Check.CRASH_OF_A_RECOVERY,
			droppingRightAfter(on(Op.RENAME, ".*\\.aside"), calls(Op.SYNC_DIRECTORY))),

	RECOVERY_SIDECAR_BY_UNLINK("recovery: a sidecar is deleted before it is replaced", Check.CRASH_OF_A_RECOVERY,
			preceding(on(Op.RENAME, "f\\.sha256"), (files, call) -> {
				files.delete(other(call));
				sync(files, other(call).getParent());
			})),

	RECOVERY_OLD_NAME_FIRST("recovery: the old name goes before the new one is durable", Check.CRASH_OF_A_RECOVERY,
			droppingRightAfter(calls(Op.LINK), calls(Op.SYNC_DIRECTORY))),

	RECOVERY_STAGING_FILE_FIRST("recovery: the staging file goes before the sidecar that announced it",
			Check.CRASH_OF_A_RECOVERY, droppingRightAfter(on(Op.DELETE, "f\\.sha256"), calls(Op.SYNC_DIRECTORY)));

	private final String what;

	private final Check check;

	private final UnaryOperator<FileOps> mutation;

	FileMutation(String what, Check check, UnaryOperator<FileOps> mutation) {
		this.what = what;
		this.check = check;
		this.mutation = mutation;
	}

	Check check() {
		return this.check;
	}

	UnaryOperator<FileOps> mutation() {
		return this.mutation;
	}

	@Override
	public String toString() {
		return this.what;
	}

	private static Predicate<FileCall> replaces() {
		return on(Op.RENAME, "f");
	}

	private static Path other(FileCall call) {
		return Objects.requireNonNull(call.other());
	}

	private static Path sibling(Path path, String suffix) {
		return path.resolveSibling(path.getFileName() + suffix);
	}

	private static void sync(FileOps files, Path directory) throws IOException {
		try (DirectoryHandle handle = files.openDirectory(directory)) {
			handle.sync();
		}
	}

}
