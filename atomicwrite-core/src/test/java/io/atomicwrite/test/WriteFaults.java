package io.atomicwrite.test;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.PrimitiveIterator;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;

import io.atomicwrite.AtomicWriteException;
import io.atomicwrite.DurabilityUnknownException;
import io.atomicwrite.LockLostException;
import io.atomicwrite.SafetyPolicy;
import io.atomicwrite.TargetExistsException;
import io.atomicwrite.WriteFailedException;
import io.atomicwrite.WriteOutcome;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.StagedWrite;
import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.core.WriteResult;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.ForwardingFileOps;
import io.atomicwrite.fs.Mount;
import io.atomicwrite.lock.LockListener;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.lock.LockRequest;
import io.atomicwrite.test.fault.FaultyFileOps;
import io.atomicwrite.test.fault.FileCall.Op;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Checks what a write reports and leaves where one call fails, or where someone else
 * changes something between two calls. One object is for one check.
 */
public final class WriteFaults {

	/** What a dead filesystem says yes to all the same. */
	private static final List<Op> SILENT = List.of(Op.SYNC_DIRECTORY, Op.CLOSE, Op.CLOSE_DIRECTORY);

	private static final int PERMISSIONS = 07777;

	private final Path directory;

	private final Path target;

	private final TypedMount mount = new TypedMount(FileOps.system());

	private final FaultyFileOps files = new FaultyFileOps(this.mount);

	private final HookedFileOps hooked = new HookedFileOps(this.files);

	private final FileOps seen;

	private final List<String> leftOver = new ArrayList<>();

	private final LockRegistry locks;

	private final AtomicFileTemplate template;

	/**
	 * Creates a check.
	 * @param directory an empty directory, by its canonical path
	 * @param mutation what stands between the engine and the calls that fail
	 */
	public WriteFaults(Path directory, UnaryOperator<FileOps> mutation) {
		this.directory = directory;
		this.target = directory.resolve("f");
		this.seen = mutation.apply(this.hooked);
		this.locks = LockRegistry.fileBuilder().files(this.seen).listener(new LockListener() {

			@Override
			public void leftOver(Path path, IOException cause) {
				WriteFaults.this.leftOver.add(path.getFileName() + ": " + cause.getMessage());
			}

		}).build();
		this.template = AtomicFileTemplate.builder().files(this.seen).locks(this.locks).build();
	}

	/**
	 * A sync that is followed by an error is not believed.
	 * @param type the type of filesystem
	 * @param locked whether the write has a lock file, whose deletion is the next change
	 */
	public void syncThatIsFollowedByAnErrorIsNotBelieved(String type, boolean locked) {
		this.mount.type = type;
		boolean[] synced = new boolean[1];
		this.files.fail((call) -> {
			synced[0] |= call.op() == Op.SYNC_DIRECTORY;
			return synced[0] && !SILENT.contains(call.op());
		}, 1, "Input/output error");
		this.files.persistently();
		assertThatDurabilityIsUnknown(locked ? LockRequest.waitForever() : LockRequest.none());
	}

	/**
	 * A sync is not believed if the lock file can't be deleted afterwards.
	 * @param error why it can't
	 */
	public void syncIsNotBelievedWhereTheLockFileCanNotGo(String error) {
		this.files.fail((call) -> call.op() == Op.DELETE && call.toString().contains("f.lock"), 1,
				new FileSystemException("f.lock", null, error));
		assertThatDurabilityIsUnknown(LockRequest.waitForever());
		assertThat(this.leftOver).singleElement().asString().startsWith("f: ").contains(error);
	}

	private void assertThatDurabilityIsUnknown(LockRequest lock) {
		WriteOptions options = WriteOptions.engineDefaults().toBuilder().lock(lock).build();
		assertThatExceptionOfType(DurabilityUnknownException.class)
			.isThrownBy(() -> this.template.writeString(this.target, "new", options))
			.satisfies((ex) -> assertThat(ex.outcome()).isEqualTo(WriteOutcome.VISIBLE_NOT_DURABLE));
		assertThat(this.target).hasContent("new");
		assertThat(this.locks.held()).isEmpty();
	}

	/**
	 * A server may have done a rename whose answer is lost.
	 * @throws IOException if the test itself can't set a file up
	 */
	public void renameWhoseAnswerIsLostIsIndeterminateAndNothingIsDeleted() throws IOException {
		Files.writeString(this.target, "old");
		this.files.afterwards().fail((call) -> call.op() == Op.RENAME, 1, "Input/output error");
		assertThatExceptionOfType(WriteFailedException.class)
			.isThrownBy(() -> this.template.writeString(this.target, "new"))
			.withMessageContaining("either the old content or the new")
			.satisfies((ex) -> assertThat(ex.outcome()).isEqualTo(WriteOutcome.INDETERMINATE));
		assertThat(this.target).hasContent("new");
	}

	/**
	 * A server may have done a link whose answer is lost: then the target is the staging
	 * file.
	 */
	public void linkWhoseAnswerIsLostIsDone() {
		this.files.afterwards().fail((call) -> call.op() == Op.LINK, 1, "Input/output error");
		assertThatNoException().isThrownBy(() -> {
			WriteResult result = this.template.writeString(this.target, "new",
					WriteOptions.engineDefaults().toBuilder().overwrite(false).build());
			assertThat(result.outcome()).isEqualTo(WriteOutcome.DURABLE);
		});
		assertThat(DirectoryContent.of(this.directory)).containsExactly("f");
	}

	/**
	 * A failed sync of the directory is reported as the policy says, and not repeated: it
	 * may have thrown away what it was to write.
	 * @param safety the policy
	 * @throws IOException if the test itself can't set a file up
	 */
	public void failedDirectorySyncIsNeverHiddenAndNeverRepeated(SafetyPolicy safety) throws IOException {
		Files.writeString(this.target, "old");
		int[] syncs = new int[1];
		this.files.fail((call) -> {
			boolean directorySync = call.op() == Op.SYNC_DIRECTORY;
			syncs[0] += directorySync ? 1 : 0;
			return directorySync;
		}, 1, "Input/output error");
		WriteOptions options = WriteOptions.engineDefaults().toBuilder().safety(safety).build();
		if (safety == SafetyPolicy.STRICT) {
			assertThatExceptionOfType(DurabilityUnknownException.class)
				.isThrownBy(() -> this.template.writeString(this.target, "new", options))
				.satisfies((ex) -> assertThat(ex.outcome()).isEqualTo(WriteOutcome.VISIBLE_NOT_DURABLE));
		}
		else {
			WriteResult result = this.template.writeString(this.target, "new", options);
			assertThat(result.outcome()).isEqualTo(WriteOutcome.VISIBLE_NOT_DURABLE);
			assertThat(result.warnings()).hasSize((safety == SafetyPolicy.WARN) ? 1 : 0);
		}
		assertThat(this.target).hasContent("new");
		assertThat(DirectoryContent.of(this.directory)).containsExactly("f");
		assertThat(syncs[0]).isEqualTo(1);
	}

	/**
	 * A lost lease stops the write before its commit.
	 * @throws IOException if the test itself can't set a file up
	 */
	public void leaseThatIsLostBeforeTheCommitStopsIt() throws IOException {
		Files.writeString(this.target, "old");
		assertThatExceptionOfType(LockLostException.class).isThrownBy(() -> this.template.write(this.target, (out) -> {
			out.write(1);
			Files.delete(this.directory.resolve("f.lock"));
		})).satisfies((ex) -> assertThat(ex.outcome()).isEqualTo(WriteOutcome.NOT_COMMITTED));
		assertThat(this.target).hasContent("old");
		assertThat(DirectoryContent.of(this.directory)).containsExactly("f");
	}

	/**
	 * A write that fails while its content is synced leaves all as it was.
	 * @throws IOException if the test itself can't set a file up
	 */
	public void failedCommitLeavesNothing() throws IOException {
		Files.writeString(this.target, "old");
		StagedWrite out = this.template.open(this.target);
		out.output().write('x');
		this.files.fail((call) -> call.op() == Op.SYNC, 1, "Input/output error");
		assertThatExceptionOfType(AtomicWriteException.class).isThrownBy(out::commit)
			.satisfies((ex) -> assertThat(ex.outcome()).isEqualTo(WriteOutcome.NOT_COMMITTED));
		out.close();
		assertThat(this.target).hasContent("old");
		assertThat(DirectoryContent.of(this.directory)).containsExactly("f");
		assertThat(this.locks.held()).isEmpty();
	}

	/** Directories that were created for a write that fails go again. */
	public void createdDirectoriesAreRemovedWhenTheWriteFails() {
		this.files.fail((call) -> call.op() == Op.SYNC, 1, "Input/output error");
		assertThatExceptionOfType(AtomicWriteException.class)
			.isThrownBy(() -> this.template.writeString(this.directory.resolve("a/b/f"), "new"));
		assertThat(DirectoryContent.of(this.directory)).isEmpty();
	}

	/** What someone else creates just before the commit is not overwritten. */
	public void targetThatIsCreatedJustBeforeTheCommitIsNotOverwritten() {
		this.hooked.before(
				(call) -> (call.op() == Op.LINK || call.op() == Op.RENAME) && this.target.equals(call.other()), 1,
				() -> Files.writeString(this.target, "theirs"));
		assertThatExceptionOfType(TargetExistsException.class).isThrownBy(() -> this.template.writeString(this.target,
				"new", WriteOptions.engineDefaults().toBuilder().overwrite(false).build()));
		assertThat(this.hooked.ran()).isTrue();
		assertThat(this.target).hasContent("theirs");
		assertThat(DirectoryContent.of(this.directory)).containsExactly("f");
	}

	/**
	 * A name that another writer uses is not taken.
	 * @throws IOException if the test itself can't set a file up
	 */
	public void nameThatIsTakenIsNotUsed() throws IOException {
		Path taken = Files.writeString(this.directory.resolve(".f.0000000000000001.tmp"), "another writer's");
		Files.createSymbolicLink(this.directory.resolve(".f.0000000000000002.tmp"), Path.of("victim"));
		PrimitiveIterator.OfLong numbers = LongStream.of(1, 2, 3).iterator();
		LongSupplier tokens = numbers::nextLong;
		AtomicFileTemplate taking = AtomicFileTemplate.builder().files(this.seen).tokens(tokens).build();
		taking.writeString(this.target, "new");
		assertThat(this.target).hasContent("new");
		assertThat(taken).hasContent("another writer's");
		assertThat(this.directory.resolve("victim")).doesNotExist();
	}

	/**
	 * While content is written, nobody may do more with it than with the target.
	 * @param wanted the mode of the target
	 * @throws IOException if the test itself can't set a file up
	 */
	public void stagingFileIsNeverWiderThanTheFinalOne(int wanted) throws IOException {
		Files.writeString(this.target, "old");
		Files.setAttribute(this.target, "unix:mode", wanted);
		try (StagedWrite out = this.template.open(this.target)) {
			out.output().write(1);
			out.output().flush();
			try (var entries = Files.list(this.directory)) {
				Path staging = entries.filter((path) -> path.toString().endsWith(".tmp")).findFirst().orElseThrow();
				int mode = (int) Files.getAttribute(staging, "unix:mode") & PERMISSIONS;
				assertThat(mode & ~wanted).isZero();
			}
		}
	}

	/**
	 * The target keeps its mode and its attributes.
	 * @throws IOException if the test itself can't set a file up
	 */
	public void modeAndAttributesAreKept() throws IOException {
		Files.writeString(this.target, "old");
		Files.setAttribute(this.target, "user:colour", "green".getBytes());
		Files.setAttribute(this.target, "unix:mode", 0604);
		this.template.writeString(this.target, "new");
		assertThat((int) Files.getAttribute(this.target, "unix:mode") & PERMISSIONS).isEqualTo(0604);
		assertThat(FileOps.system().userAttributes(this.target)).containsKey("colour");
	}

	private static final class TypedMount extends ForwardingFileOps {

		private @Nullable String type;

		TypedMount(FileOps delegate) {
			super(delegate);
		}

		@Override
		public Mount mount(Path canonical) throws IOException {
			Mount real = super.mount(canonical);
			return (this.type != null) ? new Mount(real.point(), this.type, "pretended", List.of("rw")) : real;
		}

	}

}
