package io.atomicwrite.mutation;

import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import io.atomicwrite.SafetyPolicy;
import io.atomicwrite.crash.CrashChecks;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.test.FaultSweep;
import io.atomicwrite.test.WriteFaults;
import io.atomicwrite.test.WriteOrder;
import io.atomicwrite.test.crash.CrashFileOps;

/**
 * Checks of the engine, to be run with something between it and the filesystem. The tests
 * of the engine run the same code with nothing between.
 */
enum Check {

	ORDER_OF_A_NEW_FILE("WriteOrder#newFile", order(WriteOrder::newFile)),

	ORDER_OF_AN_EXISTING_FILE("WriteOrder#existingFileGetsItsModeBeforeTheSync",
			order(WriteOrder::existingFileGetsItsModeBeforeTheSync)),

	ORDER_OF_METADATA("WriteOrder#ownerComesBeforeAttributesAndTheseBeforeMode",
			order(WriteOrder::ownerComesBeforeAttributesAndTheseBeforeMode)),

	ORDER_WITHOUT_OVERWRITE("WriteOrder#noClobberLinksAndThenDropsTheOtherName",
			order(WriteOrder::noClobberLinksAndThenDropsTheOtherName)),

	ORDER_OF_DIRECTORIES("WriteOrder#eachCreatedDirectoryIsDurableBeforeAnythingIsPutIntoIt",
			order(WriteOrder::eachCreatedDirectoryIsDurableBeforeAnythingIsPutIntoIt)),

	LOOK_UNDER_THE_LEASE("WriteOrder#lookAtTheTargetIsRepeatedUnderTheLease",
			order(WriteOrder::lookAtTheTargetIsRepeatedUnderTheLease)),

	LOOK_AT_THE_LEASE("WriteOrder#leaseIsCheckedBetweenSyncAndRename",
			order(WriteOrder::leaseIsCheckedBetweenSyncAndRename)),

	ORDER_OF_A_MOVE("WriteOrder#moveSyncsTheContentFirstAndTheNewNameBeforeTheOldOne",
			order(WriteOrder::moveSyncsTheContentFirstAndTheNewNameBeforeTheOldOne)),

	ORDER_OF_A_DELETE("WriteOrder#deleteSyncsTheDirectoryUnderTheLease",
			order(WriteOrder::deleteSyncsTheDirectoryUnderTheLease)),

	ORDER_WHERE_A_SYNC_MAY_DO_NOTHING("WriteOrder#targetIsSyncedOnceMoreWhereTheSyncOfADirectoryMayDoNothing",
			order(WriteOrder::targetIsSyncedOnceMoreWhereTheSyncOfADirectoryMayDoNothing)),

	EVERYTHING_IS_CLOSED("WriteOrder#everythingIsClosed", order(WriteOrder::everythingIsClosed)),

	CRASH_OF_A_CREATE("CrashChecks#create", crash(CrashChecks::create)),

	CRASH_OF_A_REPLACE("CrashChecks#replace", crash(CrashChecks::replace)),

	CRASH_WITH_A_SIDECAR("CrashChecks#sidecar", crash(CrashChecks::sidecar)),

	CRASH_WITH_AN_ATTRIBUTE("CrashChecks#attribute", crash(CrashChecks::attribute)),

	CRASH_WITH_A_MANIFEST("CrashChecks#manifest", crash(CrashChecks::manifest)),

	CRASH_WITH_A_BACKUP("CrashChecks#backup", crash(CrashChecks::backup)),

	CRASH_WITH_A_COPY("CrashChecks#copiedBackup", crash(CrashChecks::copiedBackup)),

	CRASH_WITH_A_BACKUP_ELSEWHERE("CrashChecks#backupElsewhere", crash(CrashChecks::backupElsewhere)),

	CRASH_OF_A_MOVE("CrashChecks#move", crash(CrashChecks::move)),

	CRASH_OF_A_MOVE_WITH_A_SIDECAR("CrashChecks#moveWithSidecar", crash(CrashChecks::moveWithSidecar)),

	CRASH_OF_A_DELETE("CrashChecks#delete", crash(CrashChecks::delete)),

	CRASH_OF_AN_APPEND("CrashChecks#append", crash(CrashChecks::append)),

	CRASH_OF_A_RESTORE("CrashChecks#restore", crash(CrashChecks::restore)),

	CRASH_OF_A_RECOVERY("CrashChecks#recovery", crash(CrashChecks::recovery)),

	CRASH_AFTER_KILL_AND_RECOVERY("CrashChecks#recoveryAfterKill", crash(CrashChecks::recoveryAfterKill)),

	FAULTS_OF_A_REPLACE("FaultSweep#everyCallFailsOnce",
			(mutation, directory) -> new FaultSweep(directory, mutation, () -> {
			}).everyCallFailsOnce("overwrite")),

	FAILED_SYNC("FaultSweep#failedSyncOfTheFileIsNeverRepeated",
			(mutation, directory) -> new FaultSweep(directory, mutation, () -> {
			}).failedSyncOfTheFileIsNeverRepeated()),

	FAILED_SYNC_OF_A_DIRECTORY("WriteFaults#failedDirectorySyncIsNeverHiddenAndNeverRepeated",
			fault((faults) -> faults.failedDirectorySyncIsNeverHiddenAndNeverRepeated(SafetyPolicy.STRICT))),

	DEAD_FILESYSTEM("WriteFaults#syncThatIsFollowedByAnErrorIsNotBelieved",
			fault((faults) -> faults.syncThatIsFollowedByAnErrorIsNotBelieved("xfs", false))),

	LOCK_FILE_THAT_STAYS("WriteFaults#syncIsNotBelievedWhereTheLockFileCanNotGo",
			fault((faults) -> faults.syncIsNotBelievedWhereTheLockFileCanNotGo("Read-only file system"))),

	LOST_ANSWER_OF_A_RENAME("WriteFaults#renameWhoseAnswerIsLostIsIndeterminateAndNothingIsDeleted",
			fault(WriteFaults::renameWhoseAnswerIsLostIsIndeterminateAndNothingIsDeleted)),

	LOST_ANSWER_OF_A_LINK("WriteFaults#linkWhoseAnswerIsLostIsDone", fault(WriteFaults::linkWhoseAnswerIsLostIsDone)),

	LOST_LEASE("WriteFaults#leaseThatIsLostBeforeTheCommitStopsIt",
			fault(WriteFaults::leaseThatIsLostBeforeTheCommitStopsIt)),

	FAILED_COMMIT("WriteFaults#failedCommitLeavesNothing", fault(WriteFaults::failedCommitLeavesNothing)),

	FAILED_WRITE_WITH_DIRECTORIES("WriteFaults#createdDirectoriesAreRemovedWhenTheWriteFails",
			fault(WriteFaults::createdDirectoriesAreRemovedWhenTheWriteFails)),

	TARGET_OF_ANOTHER("WriteFaults#targetThatIsCreatedJustBeforeTheCommitIsNotOverwritten",
			fault(WriteFaults::targetThatIsCreatedJustBeforeTheCommitIsNotOverwritten)),

	STAGING_FILE_OF_ANOTHER("WriteFaults#nameThatIsTakenIsNotUsed", fault(WriteFaults::nameThatIsTakenIsNotUsed)),

	MODE_MEANWHILE("WriteFaults#stagingFileIsNeverWiderThanTheFinalOne",
			fault((faults) -> faults.stagingFileIsNeverWiderThanTheFinalOne(0600))),

	METADATA("WriteFaults#modeAndAttributesAreKept", fault(WriteFaults::modeAndAttributesAreKept));

	private final String test;

	private final Body body;

	Check(String test, Body body) {
		this.test = test;
		this.body = body;
	}

	/** Runs the check, which fails if it finds something. */
	void run(UnaryOperator<FileOps> mutation, Path directory) throws Exception {
		this.body.run(mutation, directory);
	}

	@Override
	public String toString() {
		return this.test;
	}

	/** In memory, so that owners can be set and a sync may come late. */
	private static Body order(Throwing<WriteOrder> check) {
		return (mutation, directory) -> {
			Path root = Path.of("/d");
			check.accept(new WriteOrder(CrashFileOps.empty(root), root, mutation));
		};
	}

	private static Body crash(Consumer<UnaryOperator<FileOps>> check) {
		return (mutation, directory) -> check.accept(mutation);
	}

	private static Body fault(Throwing<WriteFaults> check) {
		return (mutation, directory) -> check.accept(new WriteFaults(directory, mutation));
	}

	private interface Body {

		void run(UnaryOperator<FileOps> mutation, Path directory) throws Exception;

	}

	private interface Throwing<T> {

		void accept(T check) throws Exception;

	}

}
