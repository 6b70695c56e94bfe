package io.atomicwrite.core;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.atomicwrite.WriteOutcome;
import io.atomicwrite.WritePhase;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.lock.LockRequest;
import io.atomicwrite.test.FileCall;
import io.atomicwrite.test.FileCall.Op;
import io.atomicwrite.test.RecordingFileOps;
import io.atomicwrite.test.RequiresRoot;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The order of the calls of one write.
 */
class WriteOrderTests {

	private final RecordingFileOps files = new RecordingFileOps(FileOps.system());

	private final AtomicFileTemplate template = AtomicFileTemplate.builder().files(this.files).build();

	@TempDir
	private Path directory;

	private Path target;

	@BeforeEach
	void target() {
		this.target = this.directory.resolve("config.json");
	}

	@Test
	void newFile() {
		WriteResult result = this.template.write(this.target, new byte[10]);
		assertThat(this.files.changes()).containsExactly(Op.OPEN_LOCK, Op.LOCK, Op.LOCK_RESIZE, Op.LOCK_RESIZE,
				Op.CREATE, Op.WRITE, Op.SYNC, Op.RENAME, Op.SYNC_DIRECTORY, Op.DELETE, Op.UNLOCK);
		assertThat(result.outcome()).isEqualTo(WriteOutcome.DURABLE);
		assertThat(result.timings()).containsKeys(WritePhase.RESOLVE, WritePhase.GATE, WritePhase.LOCK,
				WritePhase.CHECK, WritePhase.STAGE, WritePhase.METADATA, WritePhase.SYNC, WritePhase.COMMIT,
				WritePhase.PUBLISH);
	}

	@Test
	void existingFileGetsItsModeBeforeTheSync() throws Exception {
		Files.writeString(this.target, "old");
		this.template.write(this.target, new byte[10]);
		assertThat(this.files.changes()).containsExactly(Op.OPEN_LOCK, Op.LOCK, Op.LOCK_RESIZE, Op.LOCK_RESIZE,
				Op.CREATE, Op.WRITE, Op.SET_MODE, Op.SYNC, Op.RENAME, Op.SYNC_DIRECTORY, Op.DELETE, Op.UNLOCK);
	}

	@Test
	@RequiresRoot
	void ownerComesBeforeAttributesAndTheseBeforeMode() throws Exception {
		Files.writeString(this.target, "old");
		Files.setAttribute(this.target, "user:colour", "green".getBytes());
		Files.setAttribute(this.target, "unix:uid", 4711);
		this.template.write(this.target, new byte[10],
				WriteOptions.engineDefaults()
					.toBuilder()
					.lock(LockRequest.none())
					.owner(MetadataPolicy.REQUIRE)
					.build());
		assertThat(this.files.changes()).containsExactly(Op.CREATE, Op.MARK, Op.WRITE, Op.SET_OWNER, Op.SET_ATTRIBUTE,
				Op.SET_MODE, Op.SYNC, Op.RENAME, Op.SYNC_DIRECTORY);
	}

	@Test
	void noClobberLinksAndThenDropsTheOtherName() {
		this.template.write(this.target, new byte[10],
				WriteOptions.engineDefaults().toBuilder().lock(LockRequest.none()).overwrite(false).build());
		assertThat(this.files.changes()).containsExactly(Op.CREATE, Op.MARK, Op.WRITE, Op.SYNC, Op.LINK, Op.DELETE,
				Op.SYNC_DIRECTORY);
	}

	@Test
	void eachCreatedDirectoryIsDurableBeforeAnythingIsPutIntoIt() {
		this.template.write(this.directory.resolve("a/b/c.txt"), new byte[1],
				WriteOptions.engineDefaults().toBuilder().lock(LockRequest.none()).build());
		List<String> calls = this.files.calls()
			.stream()
			.filter((call) -> call.op() == Op.CREATE_DIRECTORY || call.op() == Op.SYNC_DIRECTORY
					|| call.op() == Op.CREATE)
			.map((call) -> call.op() + " "
					+ call.path().getFileName().toString().replaceFirst("[0-9a-f]{16}\\.tmp", "*.tmp"))
			.toList();
		assertThat(calls).containsExactly("CREATE_DIRECTORY a", "SYNC_DIRECTORY " + this.directory.getFileName(),
				"CREATE_DIRECTORY b", "SYNC_DIRECTORY a", "CREATE .c.txt.*.tmp", "SYNC_DIRECTORY b");
	}

	@Test
	void leaseIsCheckedBetweenSyncAndRename() {
		this.template.write(this.target, new byte[10]);
		List<FileCall> calls = this.files.calls();
		int sync = indexOf(calls, Op.SYNC);
		int rename = indexOf(calls, Op.RENAME);
		assertThat(calls.subList(sync, rename)).anySatisfy((call) -> {
			assertThat(call.op()).isEqualTo(Op.SIZE);
			assertThat(call.path().getFileName()).hasToString("config.json.lock");
		});
	}

	@Test
	void lookAtTheTargetIsRepeatedUnderTheLease() throws Exception {
		Files.writeString(this.target, "old");
		this.template.write(this.target, new byte[10]);
		List<FileCall> calls = this.files.calls();
		List<FileCall> underLease = calls.subList(indexOf(calls, Op.LOCK), indexOf(calls, Op.CREATE));
		assertThat(underLease).anySatisfy((call) -> {
			assertThat(call.op()).isEqualTo(Op.STAT);
			assertThat(call.path().getFileName()).hasToString("config.json");
		});
	}

	@Test
	void directoryIsOpenedBeforeTheStagingFile() {
		this.template.write(this.target, new byte[10]);
		List<FileCall> calls = this.files.calls();
		assertThat(indexOf(calls, Op.OPEN_DIRECTORY)).isLessThan(indexOf(calls, Op.CREATE));
	}

	@Test
	void moveSyncsTheContentFirstAndTheNewNameBeforeTheOldOne() throws Exception {
		Path source = Files.createDirectory(this.directory.resolve("from")).resolve("f");
		Files.writeString(source, "x");
		Path to = Files.createDirectory(this.directory.resolve("to")).resolve("g");
		this.template.move(source, to, WriteOptions.engineDefaults().toBuilder().lock(LockRequest.none()).build());
		List<String> changes = this.files.calls()
			.stream()
			.filter((call) -> call.op().changing())
			.map(FileCall::toString)
			.toList();
		assertThat(changes).containsExactly("SYNC f", "RENAME f g", "SYNC_DIRECTORY to", "SYNC_DIRECTORY from");
	}

	@Test
	void deleteSyncsTheDirectoryUnderTheLease() throws Exception {
		Files.writeString(this.target, "x");
		this.template.delete(this.target);
		List<Op> changes = this.files.changes();
		assertThat(changes.subList(4, changes.size())).containsExactly(Op.DELETE, Op.SYNC_DIRECTORY, Op.DELETE,
				Op.UNLOCK);
	}

	@Test
	void targetIsSyncedOnceMoreWhereTheSyncOfADirectoryMayDoNothing() throws Exception {
		RecordingFileOps fuse = new RecordingFileOps(
				new io.atomicwrite.test.PretendedMount(FileOps.system(), "fuse.somefs"));
		AtomicFileTemplate onFuse = AtomicFileTemplate.builder().files(fuse).build();
		onFuse.write(this.target, new byte[1],
				WriteOptions.engineDefaults().toBuilder().lock(LockRequest.none()).build());
		assertThat(fuse.changes()).containsExactly(Op.CREATE, Op.MARK, Op.WRITE, Op.SYNC, Op.RENAME, Op.SYNC_DIRECTORY,
				Op.SYNC);
	}

	private static int indexOf(List<FileCall> calls, Op op) {
		return calls.stream().map(FileCall::op).toList().indexOf(op);
	}

}
