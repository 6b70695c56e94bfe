package io.atomicwrite.test;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

import io.atomicwrite.WriteOutcome;
import io.atomicwrite.WritePhase;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.MetadataPolicy;
import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.core.WriteResult;
import io.atomicwrite.fs.FileHandle;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.lock.LockRequest;
import io.atomicwrite.test.fault.FileCall;
import io.atomicwrite.test.fault.FileCall.Op;
import io.atomicwrite.test.fault.RecordingFileOps;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Checks the order of the calls that reach a filesystem: those of the engine, or those
 * that a mutation makes of them. One object is for one check.
 */
public final class WriteOrder {

	private final FileOps disk;

	private final UnaryOperator<FileOps> mutation;

	private final RecordingFileOps files;

	private final AtomicFileTemplate template;

	private final Path directory;

	private final Path target;

	/**
	 * Creates a check.
	 * @param disk the filesystem
	 * @param directory an empty directory on it
	 * @param mutation what stands between the engine and the filesystem
	 */
	public WriteOrder(FileOps disk, Path directory, UnaryOperator<FileOps> mutation) {
		this.disk = disk;
		this.mutation = mutation;
		this.files = new RecordingFileOps(disk);
		this.template = AtomicFileTemplate.builder().files(mutation.apply(this.files)).build();
		this.directory = directory;
		this.target = directory.resolve("config.json");
	}

	private void put(Path file, String text) throws IOException {
		try (FileHandle handle = this.disk.createExclusive(file, 0644)) {
			handle.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
		}
	}

	private Path directory(String name) throws IOException {
		Path path = this.directory.resolve(name);
		this.disk.createDirectory(path);
		return path;
	}

	/**
	 * A write of a new file makes exactly these changes, each when it is due.
	 */
	public void newFile() {
		WriteResult result = this.template.write(this.target, new byte[10]);
		assertThat(this.files.changes()).containsExactly(Op.OPEN_LOCK, Op.LOCK, Op.LOCK_RESIZE, Op.LOCK_RESIZE,
				Op.CREATE, Op.WRITE, Op.SYNC, Op.RENAME, Op.SYNC_DIRECTORY, Op.DELETE, Op.UNLOCK);
		assertThat(result.outcome()).isEqualTo(WriteOutcome.DURABLE);
		assertThat(result.timings()).containsKeys(WritePhase.RESOLVE, WritePhase.GATE, WritePhase.LOCK,
				WritePhase.CHECK, WritePhase.STAGE, WritePhase.METADATA, WritePhase.SYNC, WritePhase.COMMIT,
				WritePhase.PUBLISH);
	}

	/**
	 * The final mode is set before the sync, which makes it durable.
	 * @throws IOException if the test itself can't set a file up
	 */
	public void existingFileGetsItsModeBeforeTheSync() throws IOException {
		put(this.target, "old");
		this.template.write(this.target, new byte[10]);
		assertThat(this.files.changes()).containsExactly(Op.OPEN_LOCK, Op.LOCK, Op.LOCK_RESIZE, Op.LOCK_RESIZE,
				Op.CREATE, Op.WRITE, Op.SET_MODE, Op.SYNC, Op.RENAME, Op.SYNC_DIRECTORY, Op.DELETE, Op.UNLOCK);
	}

	/**
	 * chown(2) clears bits of the mode, and a mode may forbid to set attributes.
	 * @throws IOException if the test itself can't set a file up
	 */
	public void ownerComesBeforeAttributesAndTheseBeforeMode() throws IOException {
		put(this.target, "old");
		this.disk.setUserAttribute(this.target, "colour", "green".getBytes(StandardCharsets.US_ASCII));
		this.disk.setOwner(this.target, 4711, Objects.requireNonNull(this.disk.stat(this.target)).gid());
		this.template.write(this.target, new byte[10],
				WriteOptions.engineDefaults()
					.toBuilder()
					.lock(LockRequest.none())
					.owner(MetadataPolicy.REQUIRE)
					.build());
		assertThat(this.files.changes()).containsExactly(Op.CREATE, Op.MARK, Op.WRITE, Op.SET_OWNER, Op.SET_ATTRIBUTE,
				Op.SET_MODE, Op.SYNC, Op.RENAME, Op.SYNC_DIRECTORY);
	}

	/**
	 * A write that must not overwrite links, and drops the staging name.
	 */
	public void noClobberLinksAndThenDropsTheOtherName() {
		this.template.write(this.target, new byte[10],
				WriteOptions.engineDefaults().toBuilder().lock(LockRequest.none()).overwrite(false).build());
		assertThat(this.files.changes()).containsExactly(Op.CREATE, Op.MARK, Op.WRITE, Op.SYNC, Op.LINK, Op.DELETE,
				Op.SYNC_DIRECTORY);
	}

	/**
	 * Each created directory is synced into the one above it at once.
	 */
	public void eachCreatedDirectoryIsDurableBeforeAnythingIsPutIntoIt() {
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

	/**
	 * The last look at the lease comes after all that takes long.
	 */
	public void leaseIsCheckedBetweenSyncAndRename() {
		this.template.write(this.target, new byte[10]);
		List<FileCall> calls = this.files.calls();
		int sync = indexOf(calls, Op.SYNC);
		int rename = indexOf(calls, Op.RENAME);
		assertThat(calls.subList(sync, rename)).anySatisfy((call) -> {
			assertThat(call.op()).isEqualTo(Op.STAT);
			assertThat(call.path().getFileName()).hasToString("config.json.lock");
		});
	}

	/**
	 * What was seen before the lease may have changed.
	 * @throws IOException if the test itself can't set a file up
	 */
	public void lookAtTheTargetIsRepeatedUnderTheLease() throws IOException {
		put(this.target, "old");
		this.template.write(this.target, new byte[10]);
		List<FileCall> calls = this.files.calls();
		List<FileCall> underLease = calls.subList(indexOf(calls, Op.LOCK), indexOf(calls, Op.CREATE));
		assertThat(underLease).anySatisfy((call) -> {
			assertThat(call.op()).isEqualTo(Op.STAT);
			assertThat(call.path().getFileName()).hasToString("config.json");
		});
	}

	/**
	 * What can not be opened can not be synced, and that must show before a change.
	 */
	public void directoryIsOpenedBeforeTheStagingFile() {
		this.template.write(this.target, new byte[10]);
		List<FileCall> calls = this.files.calls();
		assertThat(indexOf(calls, Op.OPEN_DIRECTORY)).isLessThan(indexOf(calls, Op.CREATE));
	}

	/**
	 * A crash must not leave a moved file without its content or without a name.
	 * @throws IOException if the test itself can't set a file up
	 */
	public void moveSyncsTheContentFirstAndTheNewNameBeforeTheOldOne() throws IOException {
		Path source = directory("from").resolve("f");
		put(source, "x");
		Path to = directory("to").resolve("g");
		this.template.move(source, to, WriteOptions.engineDefaults().toBuilder().lock(LockRequest.none()).build());
		List<String> changes = this.files.calls()
			.stream()
			.filter((call) -> call.op().changing())
			.map(FileCall::toString)
			.toList();
		assertThat(changes).containsExactly("SYNC f", "RENAME f g", "SYNC_DIRECTORY to", "SYNC_DIRECTORY from");
	}

	/**
	 * A delete is durable before another writer may come.
	 * @throws IOException if the test itself can't set a file up
	 */
	public void deleteSyncsTheDirectoryUnderTheLease() throws IOException {
		put(this.target, "x");
		this.template.delete(this.target);
		List<Op> changes = this.files.changes();
		assertThat(changes.subList(4, changes.size())).containsExactly(Op.DELETE, Op.SYNC_DIRECTORY, Op.DELETE,
				Op.UNLOCK);
	}

	/**
	 * Where the sync of a directory may do nothing, that of the file may do it.
	 * @throws IOException if the test itself can't set a file up
	 */
	public void targetIsSyncedOnceMoreWhereTheSyncOfADirectoryMayDoNothing() throws IOException {
		RecordingFileOps fuse = new RecordingFileOps(new PretendedMount(this.disk, "fuse.somefs"));
		AtomicFileTemplate onFuse = AtomicFileTemplate.builder().files(this.mutation.apply(fuse)).build();
		onFuse.write(this.target, new byte[1],
				WriteOptions.engineDefaults().toBuilder().lock(LockRequest.none()).build());
		assertThat(fuse.changes()).containsExactly(Op.CREATE, Op.MARK, Op.WRITE, Op.SYNC, Op.RENAME, Op.SYNC_DIRECTORY,
				Op.SYNC);
	}

	/**
	 * A write of a file that is there, a move and a delete close all that they have
	 * opened.
	 * @throws IOException if the test itself can't set a file up
	 */
	public void everythingIsClosed() throws IOException {
		put(this.target, "old");
		this.template.write(this.target, new byte[10]);
		this.template.move(this.target, this.directory.resolve("moved"));
		this.template.delete(this.directory.resolve("moved"));
		assertThat(count(Op.CLOSE)).isEqualTo(count(Op.CREATE) + count(Op.OPEN_FOR_SYNC)).isEqualTo(2);
		assertThat(count(Op.CLOSE_DIRECTORY)).isEqualTo(count(Op.OPEN_DIRECTORY)).isEqualTo(3);
		assertThat(count(Op.UNLOCK)).isEqualTo(count(Op.OPEN_LOCK)).isEqualTo(4);
	}

	private long count(Op op) {
		return this.files.calls().stream().filter((call) -> call.op() == op).count();
	}

	private static int indexOf(List<FileCall> calls, Op op) {
		return calls.stream().map(FileCall::op).toList().indexOf(op);
	}

}
