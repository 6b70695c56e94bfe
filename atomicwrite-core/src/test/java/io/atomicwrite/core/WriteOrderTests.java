package io.atomicwrite.core;

import java.nio.file.Path;
import java.util.function.UnaryOperator;

import io.atomicwrite.fs.FileOps;
import io.atomicwrite.test.RequiresRoot;
import io.atomicwrite.test.WriteOrder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The order of the calls of one write.
 */
class WriteOrderTests {

	@TempDir
	private Path directory;

	private WriteOrder order;

	@BeforeEach
	void order() {
		this.order = new WriteOrder(FileOps.system(), this.directory, UnaryOperator.identity());
	}

	@Test
	void newFile() {
		this.order.newFile();
	}

	@Test
	void existingFileGetsItsModeBeforeTheSync() throws Exception {
		this.order.existingFileGetsItsModeBeforeTheSync();
	}

	@Test
	@RequiresRoot
	void ownerComesBeforeAttributesAndTheseBeforeMode() throws Exception {
		this.order.ownerComesBeforeAttributesAndTheseBeforeMode();
	}

	@Test
	void noClobberLinksAndThenDropsTheOtherName() {
		this.order.noClobberLinksAndThenDropsTheOtherName();
	}

	@Test
	void eachCreatedDirectoryIsDurableBeforeAnythingIsPutIntoIt() {
		this.order.eachCreatedDirectoryIsDurableBeforeAnythingIsPutIntoIt();
	}

	@Test
	void leaseIsCheckedBetweenSyncAndRename() {
		this.order.leaseIsCheckedBetweenSyncAndRename();
	}

	@Test
	void lookAtTheTargetIsRepeatedUnderTheLease() throws Exception {
		this.order.lookAtTheTargetIsRepeatedUnderTheLease();
	}

	@Test
	void directoryIsOpenedBeforeTheStagingFile() {
		this.order.directoryIsOpenedBeforeTheStagingFile();
	}

	@Test
	void moveSyncsTheContentFirstAndTheNewNameBeforeTheOldOne() throws Exception {
		this.order.moveSyncsTheContentFirstAndTheNewNameBeforeTheOldOne();
	}

	@Test
	void deleteSyncsTheDirectoryUnderTheLease() throws Exception {
		this.order.deleteSyncsTheDirectoryUnderTheLease();
	}

	@Test
	void targetIsSyncedOnceMoreWhereTheSyncOfADirectoryMayDoNothing() throws Exception {
		this.order.targetIsSyncedOnceMoreWhereTheSyncOfADirectoryMayDoNothing();
	}

	@Test
	void everythingIsClosed() throws Exception {
		this.order.everythingIsClosed();
	}

}
