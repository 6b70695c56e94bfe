package io.atomicwrite.core;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.atomicwrite.LockNotAcquiredException;
import io.atomicwrite.TargetExistsException;
import io.atomicwrite.WriteOutcome;
import io.atomicwrite.backup.BackupPolicy;
import io.atomicwrite.checksum.ChecksumAlgorithm;
import io.atomicwrite.checksum.ChecksumPolicy;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.lock.LockLease;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.lock.LockRequest;
import io.atomicwrite.test.DirectoryContent;
import io.atomicwrite.test.fault.FaultyFileOps;
import io.atomicwrite.test.fault.FileCall;
import io.atomicwrite.test.fault.FileCall.Op;
import io.atomicwrite.test.fault.InterceptingFileOps;
import io.atomicwrite.test.fault.RecordingFileOps;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Many files written by one call.
 */
class BatchTests {

	@TempDir
	Path directory;

	private static Batch.Builder numbered(Path directory, int count) {
		Batch.Builder batch = Batch.builder();
		for (int i = 0; i < count; i++) {
			batch.add(directory.resolve("f" + i), ("content " + i).getBytes());
		}
		return batch;
	}

	@Test
	void everyFileIsWrittenAndDurable() throws IOException {
		BatchResult result = AtomicFileTemplate.create().writeAll(numbered(this.directory, 300).build());
		assertThat(result.durable()).isTrue();
		assertThat(result.files()).hasSize(300);
		assertThat(result.files().get(17).target()).isEqualTo(this.directory.resolve("f17"));
		assertThat(DirectoryContent.of(this.directory)).hasSize(300);
		assertThat(this.directory.resolve("f299")).hasContent("content 299");
	}

	@Test
	void oneSyncOfADirectoryServesItsFilesAndComesAfterTheirCommits() {
		RecordingFileOps files = new RecordingFileOps(FileOps.system());
		AtomicFileTemplate.builder()
			.files(files)
			.build()
			.writeAll(numbered(this.directory, 10).syncsInFlight(1).build());
		List<Op> changing = files.calls()
			.stream()
			.map(FileCall::op)
			.filter((op) -> op == Op.SYNC || op == Op.RENAME || op == Op.SYNC_DIRECTORY)
			.toList();
		List<Op> expected = new ArrayList<>(Collections.nCopies(10, Op.SYNC));
		expected.addAll(Collections.nCopies(10, Op.RENAME));
		expected.add(Op.SYNC_DIRECTORY);
		assertThat(changing).isEqualTo(expected);
		assertThat(files.calls().stream().filter((call) -> call.op() == Op.UNLOCK)).isNotEmpty();
		int sync = lastIndex(files.calls(), Op.SYNC_DIRECTORY);
		assertThat(files.calls().subList(0, sync)).noneMatch((call) -> call.op() == Op.UNLOCK);
	}

	private static int lastIndex(List<FileCall> calls, Op op) {
		return calls.stream().map(FileCall::op).toList().lastIndexOf(op);
	}

	@Test
	void leasesAreAcquiredInTheOrderOfThePaths() {
		RecordingFileOps files = new RecordingFileOps(FileOps.system());
		Batch.Builder batch = Batch.builder();
		for (String name : List.of("c", "a", "d", "b")) {
			batch.add(this.directory.resolve(name), new byte[0]);
		}
		AtomicFileTemplate.builder().files(files).build().writeAll(batch.build());
		assertThat(files.calls().stream().filter((call) -> call.op() == Op.OPEN_LOCK))
			.extracting((call) -> call.path().getFileName().toString())
			.containsExactly("a.lock", "b.lock", "c.lock", "d.lock");
	}

	@Test
	void missingDirectoriesAreMadeDurableOnce() {
		RecordingFileOps files = new RecordingFileOps(FileOps.system());
		Path below = this.directory.resolve("a/b");
		AtomicFileTemplate.builder().files(files).build().writeAll(numbered(below, 10).syncsInFlight(1).build());
		assertThat(files.calls().stream().filter((call) -> call.op() == Op.SYNC_DIRECTORY)).hasSize(3);
		assertThat(below.resolve("f9")).hasContent("content 9");
	}

	@Test
	void syncsWaitForTheDiskTogether() {
		CountDownLatch together = new CountDownLatch(4);
		FileOps files = new InterceptingFileOps(FileOps.system()) {

			@Override
			protected <T extends @Nullable Object> T intercept(FileCall call, Action<T> action) throws IOException {
				if (call.op() == Op.SYNC) {
					together.countDown();
					await(together);
				}
				return action.run();
			}

		};
		AtomicFileTemplate.builder().files(files).build().writeAll(numbered(this.directory, 4).build());
		assertThat(together.getCount()).isZero();
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(20, TimeUnit.SECONDS)).as("the others have begun").isTrue();
		}
		catch (InterruptedException ex) {
			throw new AssertionError(ex);
		}
	}

	@Test
	void noThreadOutlivesTheCall() {
		AtomicFileTemplate.create().writeAll(numbered(this.directory, 100).build());
		assertThat(Thread.getAllStackTraces().keySet()).noneMatch((thread) -> thread.getName().contains("sync"));
	}

	@Test
	void whatFailsFailsAlone() throws IOException {
		Files.writeString(this.directory.resolve("f1"), "old");
		Batch batch = Batch.builder()
			.add(this.directory.resolve("f0"), "new".getBytes())
			.add(this.directory.resolve("f1"), (out) -> out.write(1), (options) -> options.overwrite(false))
			.add(this.directory.resolve("f2"), (out) -> {
				throw new IOException("no content");
			})
			.add(this.directory.resolve("f3"), "new".getBytes())
			.build();
		BatchFailedException thrown = catchThrowableOfType(BatchFailedException.class,
				() -> AtomicFileTemplate.create().writeAll(batch));
		assertThat(thrown).hasMessageStartingWith("2 of 4 files were written; the first failure: ")
			.hasCauseInstanceOf(TargetExistsException.class);
		assertThat(thrown.result().files()).extracting(BatchOutcome::outcome)
			.containsExactly(WriteOutcome.DURABLE, WriteOutcome.NOT_COMMITTED, WriteOutcome.NOT_COMMITTED,
					WriteOutcome.DURABLE);
		assertThat(DirectoryContent.of(this.directory)).containsExactlyInAnyOrder("f0", "f1", "f3");
		assertThat(this.directory.resolve("f1")).hasContent("old");
	}

	@Test
	void allOrNothingChangesNothingWhenOneFails() throws IOException {
		Files.writeString(this.directory.resolve("f0"), "old");
		Batch batch = numbered(this.directory, 3).add(this.directory.resolve("new/f9"), (out) -> {
			throw new IllegalStateException("no content");
		}).allOrNothing().build();
		BatchFailedException thrown = catchThrowableOfType(BatchFailedException.class,
				() -> AtomicFileTemplate.create().writeAll(batch));
		assertThat(thrown).hasCauseInstanceOf(IllegalStateException.class)
			.hasMessageStartingWith("0 of 4 files were written");
		assertThat(thrown.result().files()).extracting(BatchOutcome::outcome).containsOnly(WriteOutcome.NOT_COMMITTED);
		assertThat(DirectoryContent.of(this.directory)).containsExactly("f0");
		assertThat(this.directory.resolve("f0")).hasContent("old");
	}

	@Test
	void allOrNothingReportsWhatIsVisibleWhenACommitFails() {
		FaultyFileOps files = new FaultyFileOps(FileOps.system());
		files.fail((call) -> call.op() == Op.RENAME, 2, "Input/output error");
		BatchFailedException thrown = catchThrowableOfType(BatchFailedException.class,
				() -> AtomicFileTemplate.builder()
					.files(files)
					.build()
					.writeAll(numbered(this.directory, 3).allOrNothing().build()));
		assertThat(thrown.result().files()).extracting(BatchOutcome::outcome)
			.containsExactly(WriteOutcome.DURABLE, WriteOutcome.NOT_COMMITTED, WriteOutcome.NOT_COMMITTED);
		assertThat(this.directory.resolve("f0")).hasContent("content 0");
		assertThat(DirectoryContent.of(this.directory)).doesNotContain("f1", "f2");
	}

	@Test
	void allOrNothingHasALimitAndWritesNothingBeyondIt() throws IOException {
		Batch batch = numbered(this.directory, Batch.MAX_ALL_OR_NOTHING + 1).allOrNothing().build();
		assertThatThrownBy(() -> AtomicFileTemplate.create().writeAll(batch))
			.isInstanceOf(IllegalArgumentException.class)
			.hasMessageContaining("4096 at most");
		assertThat(DirectoryContent.of(this.directory)).isEmpty();
	}

	@Test
	void aFailedDirectorySyncIsReportedForEachFileOfTheDirectory() {
		FaultyFileOps files = new FaultyFileOps(FileOps.system());
		files.fail((call) -> call.op() == Op.SYNC_DIRECTORY, 1, "Input/output error");
		BatchFailedException thrown = catchThrowableOfType(BatchFailedException.class,
				() -> AtomicFileTemplate.builder().files(files).build().writeAll(numbered(this.directory, 3).build()));
		assertThat(thrown.result().files()).extracting(BatchOutcome::outcome)
			.containsOnly(WriteOutcome.VISIBLE_NOT_DURABLE);
	}

	@Test
	void aFailedSyncFailsItsFileAlone() {
		FaultyFileOps files = new FaultyFileOps(FileOps.system());
		files.fail((call) -> call.op() == Op.SYNC, 2, "Input/output error");
		BatchFailedException thrown = catchThrowableOfType(BatchFailedException.class,
				() -> AtomicFileTemplate.builder()
					.files(files)
					.build()
					.writeAll(numbered(this.directory, 3).syncsInFlight(1).build()));
		assertThat(thrown.result().files()).extracting(BatchOutcome::outcome)
			.containsExactly(WriteOutcome.DURABLE, WriteOutcome.NOT_COMMITTED, WriteOutcome.DURABLE);
	}

	@Test
	void companionsAreMadeAndSyncedInRounds() throws IOException {
		WriteOptions options = WriteOptions.engineDefaults()
			.with((changes) -> changes.backup(BackupPolicy.single())
				.checksum(ChecksumPolicy.sidecar(ChecksumAlgorithm.SHA_256)));
		RecordingFileOps files = new RecordingFileOps(FileOps.system());
		AtomicFileTemplate template = AtomicFileTemplate.builder().files(files).defaults(options).build();
		template.writeAll(numbered(this.directory, 5).build());
		files.clear();
		template.writeAll(numbered(this.directory, 5).build());
		for (int i = 0; i < 5; i++) {
			assertThat(template.readVerified(this.directory.resolve("f" + i))).asString().isEqualTo("content " + i);
			assertThat(this.directory.resolve("f" + i + ".backup")).hasContent("content " + i);
		}
	}

	@Test
	void theSameFileTwiceHasTheLaterContent() throws IOException {
		Path link = Files.createSymbolicLink(this.directory.resolve("link"), Path.of("f"));
		Batch batch = Batch.builder()
			.add(this.directory.resolve("f"), "first".getBytes())
			.add(link, "second".getBytes())
			.add(this.directory.resolve("f"), "third".getBytes())
			.build();
		assertThat(AtomicFileTemplate.create().writeAll(batch).durable()).isTrue();
		assertThat(this.directory.resolve("f")).hasContent("third");
		assertThatThrownBy(() -> AtomicFileTemplate.create()
			.writeAll(Batch.builder()
				.add(this.directory.resolve("f"), new byte[0])
				.add(link, new byte[0])
				.allOrNothing()
				.build()))
			.hasMessageContaining("named twice");
	}

	@Test
	void anInterruptEndsTheCallBeforeTheNextFile() throws IOException {
		Batch.Builder batch = numbered(this.directory, 2);
		batch.add(this.directory.resolve("f2"), (out) -> Thread.currentThread().interrupt());
		batch.add(this.directory.resolve("f3"), new byte[0]);
		BatchFailedException thrown = catchThrowableOfType(BatchFailedException.class,
				() -> AtomicFileTemplate.create().writeAll(batch.build()));
		assertThat(Thread.interrupted()).isTrue();
		assertThat(thrown.result().interrupted()).isTrue();
		assertThat(DirectoryContent.of(this.directory)).containsExactlyInAnyOrder("f0", "f1", "f2");
		assertThatThrownBy(() -> AtomicFileTemplate.create().writeAll(batch.allOrNothing().build()))
			.isInstanceOf(BatchFailedException.class);
		assertThat(Thread.interrupted()).isTrue();
	}

	@Test
	@Timeout(60)
	void allWaitsForLeasesHaveOneDeadline() throws Exception {
		LockRegistry locks = LockRegistry.file();
		LockLease[] held = new LockLease[3];
		Thread holder = new Thread(() -> {
			for (int i = 0; i < held.length; i++) {
				held[i] = locks.acquire(this.directory.resolve("f" + i), LockRequest.failFast());
			}
		});
		holder.start();
		holder.join();
		AtomicFileTemplate template = AtomicFileTemplate.builder()
			.locks(locks)
			.defaults(WriteOptions.engineDefaults()
				.with((changes) -> changes.lock(LockRequest.waitUpTo(Duration.ofMillis(150)))))
			.build();
		BatchFailedException thrown = catchThrowableOfType(BatchFailedException.class,
				() -> template.writeAll(numbered(this.directory, 4).build()));
		List<LockNotAcquiredException> refused = thrown.result()
			.failures()
			.stream()
			.map((file) -> (LockNotAcquiredException) file.failure().orElseThrow())
			.toList();
		assertThat(refused).extracting(LockNotAcquiredException::reason)
			.containsExactly(LockNotAcquiredException.Reason.TIMEOUT, LockNotAcquiredException.Reason.BUSY,
					LockNotAcquiredException.Reason.BUSY);
		assertThat(this.directory.resolve("f3")).exists();
		locks.close();
	}

	@Test
	void theListenersFollow() {
		List<String> seen = new ArrayList<>();
		AtomicFileTemplate.create().writeAll(numbered(this.directory, 2).listener(new BatchListener() {

			@Override
			public void written(Path target, WriteResult result) {
				seen.add(target.getFileName() + " " + result.outcome());
				throw new IllegalStateException("ignored");
			}

		}).build());
		assertThat(seen).containsExactly("f0 DURABLE", "f1 DURABLE");
	}

	@Test
	void anErrorOfAContentLeavesNothingBehind() throws IOException {
		LockRegistry locks = LockRegistry.file();
		Batch batch = numbered(this.directory, 2).add(this.directory.resolve("f2"), (out) -> {
			throw new StackOverflowError("deep");
		}).build();
		assertThatThrownBy(() -> AtomicFileTemplate.builder().locks(locks).build().writeAll(batch))
			.isInstanceOf(StackOverflowError.class);
		assertThat(locks.held()).isEmpty();
		assertThat(DirectoryContent.of(this.directory)).isEmpty();
	}

}
