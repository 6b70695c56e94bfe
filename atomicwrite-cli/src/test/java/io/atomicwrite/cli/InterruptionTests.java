package io.atomicwrite.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.atomicwrite.WriteFailedException;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.StagedWrite;
import io.atomicwrite.fs.FileHandle;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.ForwardingFileHandle;
import io.atomicwrite.fs.ForwardingFileOps;
import io.atomicwrite.lock.LockRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The moments at which a signal can come, one by one.
 */
class InterruptionTests {

	@TempDir
	private Path directory;

	private Path target;

	private Interruption interruption = new Interruption();

	@BeforeEach
	void createTarget() throws IOException {
		this.target = Files.writeString(this.directory.resolve("config.json"), "old");
	}

	/** Where the thread that works calls what is the hook's. */
	@AfterEach
	void takeBackTheInterrupt() {
		Thread.interrupted();
	}

	@Test
	void nothingBeginsOnceInterrupted() {
		assertThat(this.interruption.interrupt()).isEqualTo(ExitStatus.INTERRUPTED);
		assertThatExceptionOfType(Failure.class)
			.isThrownBy(() -> this.interruption.engage(new TrackedFiles(FileOps.system()), LockRegistry.file()));
	}

	@Test
	void commitWaitsForASignalThatIsExpected() throws Exception {
		Thread worker = Thread.currentThread();
		CompletableFuture<Integer> signal = new CompletableFuture<>();
		Thread hook = new Thread(() -> {
			Awaitility.await().until(() -> worker.getState() == Thread.State.TIMED_WAITING);
			signal.complete(this.interruption.interrupt());
		});
		TrackedFiles tracked = new TrackedFiles(FileOps.system());
		assertThatExceptionOfType(WriteFailedException.class).isThrownBy(() -> writeTracked(tracked, (staged) -> {
			tracked.expectAbort(Duration.ofSeconds(30));
			hook.start();
			staged.commit();
		}));
		this.interruption.end(ExitStatus.ERROR);
		assertThat(signal.join()).isEqualTo(ExitStatus.INTERRUPTED);
		assertOnlyTarget("old");
	}

	@Test
	void commitGoesOnWhereNoSignalCame() throws Exception {
		write(FileOps.system(), (staged) -> {
			staged.output().write('n');
			this.interruption.expectSignal();
			staged.commit();
		});
		assertOnlyTarget("n");
	}

	@Test
	void discardsWhatIsFed() throws Exception {
		write(FileOps.system(), (staged) -> {
			this.interruption.feeding(staged);
			staged.output().write(new byte[3]);
			assertThat(this.interruption.interrupt()).isEqualTo(ExitStatus.INTERRUPTED);
		});
		assertOnlyTarget("old");
	}

	@Test
	void stopsACommitBeforeTheRename() throws Exception {
		// it must not give up before the commit looks
		this.interruption = new Interruption(Duration.ofSeconds(30));
		CompletableFuture<Integer> signal = new CompletableFuture<>();
		FileOps files = new ForwardingFileOps(FileOps.system()) {

			@Override
			public FileHandle createExclusive(Path file, int mode) throws IOException {
				return new SyncHook(super.createExclusive(file, mode), () -> interruptAndWait(signal));
			}

		};
		assertThatExceptionOfType(WriteFailedException.class).isThrownBy(() -> write(files, StagedWrite::commit));
		this.interruption.end(ExitStatus.ERROR);
		assertThat(signal.get(30, TimeUnit.SECONDS)).isEqualTo(ExitStatus.INTERRUPTED);
		assertOnlyTarget("old");
	}

	@Test
	void doesNotWaitForASyncThatTakesLong() throws Exception {
		Soon.within1Second(() -> {
			this.interruption = new Interruption();
			return untilInterruptedInASync();
		});
	}

	private Duration untilInterruptedInASync() throws Exception {
		CountDownLatch syncing = new CountDownLatch(1);
		CountDownLatch done = new CountDownLatch(1);
		FileOps files = new ForwardingFileOps(FileOps.system()) {

			@Override
			public FileHandle createExclusive(Path file, int mode) throws IOException {
				return new SyncHook(super.createExclusive(file, mode), () -> {
					syncing.countDown();
					awaitQuietly(done);
				});
			}

		};
		Thread worker = new Thread(() -> {
			try {
				write(files, StagedWrite::commit);
			}
			catch (Exception ex) {
				// it was interrupted
			}
		});
		worker.start();
		assertThat(syncing.await(30, TimeUnit.SECONDS)).isTrue();
		long start = System.nanoTime();
		CompletableFuture<Integer> hook = CompletableFuture.supplyAsync(this.interruption::interrupt);
		// the thread that works is interrupted, which is not the one that syncs here
		while (!hook.isDone()) {
			Thread.interrupted();
			Thread.onSpinWait();
		}
		Thread.interrupted();
		assertThat(hook.get()).isEqualTo(ExitStatus.INTERRUPTED);
		Duration taken = Duration.ofNanos(System.nanoTime() - start);
		assertOnlyTarget("old");
		done.countDown();
		worker.join();
		assertOnlyTarget("old");
		return taken;
	}

	@Test
	void carriesARenameThrough() throws Exception {
		CompletableFuture<Integer> signal = new CompletableFuture<>();
		FileOps files = new ForwardingFileOps(FileOps.system()) {

			@Override
			public void rename(Path source, Path name) throws IOException {
				interruptAndWait(signal);
				super.rename(source, name);
			}

		};
		write(files, (staged) -> {
			staged.output().write('n');
			staged.commit();
		});
		this.interruption.end(ExitStatus.SUCCESS);
		assertThat(signal.get(30, TimeUnit.SECONDS)).isEqualTo(ExitStatus.SUCCESS);
		assertThat(this.interruption.isInterrupted()).isFalse();
		assertOnlyTarget("n");
	}

	@Test
	void changesNothingOnceEnded() {
		this.interruption.end(ExitStatus.LOCK_NOT_ACQUIRED);
		assertThat(this.interruption.interrupt()).isEqualTo(ExitStatus.LOCK_NOT_ACQUIRED);
	}

	private void write(FileOps files, Content content) throws IOException {
		writeTracked(new TrackedFiles(files), content);
	}

	private void writeTracked(TrackedFiles tracked, Content content) throws IOException {
		try (LockRegistry locks = LockRegistry.fileBuilder().files(tracked).build();
				AtomicFileTemplate template = AtomicFileTemplate.builder().files(tracked).locks(locks).build()) {
			this.interruption.engage(tracked, locks);
			try (StagedWrite staged = template.open(this.target)) {
				content.writeTo(staged);
			}
		}
	}

	/** Interrupts in another thread and waits until that waits for the end. */
	private void interruptAndWait(CompletableFuture<Integer> status) {
		Thread thread = new Thread(() -> status.complete(this.interruption.interrupt()));
		thread.start();
		Awaitility.await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
		// the flag of the writer is what ends its wait for a lock
		Thread.interrupted();
	}

	private static void awaitQuietly(CountDownLatch latch) {
		boolean waiting = true;
		while (waiting) {
			try {
				latch.await();
				waiting = false;
			}
			catch (InterruptedException ex) {
				// a sync does not end by it
			}
		}
	}

	private void assertOnlyTarget(String content) throws IOException {
		assertThat(this.target).hasContent(content);
		try (Stream<Path> files = Files.list(this.directory)) {
			assertThat(files).containsExactly(this.target);
		}
	}

	/** What is done with a write. */
	@FunctionalInterface
	private interface Content {

		void writeTo(StagedWrite staged) throws IOException;

	}

	/** Does something before a sync. */
	private static final class SyncHook extends ForwardingFileHandle {

		private final Runnable before;

		SyncHook(FileHandle delegate, Runnable before) {
			super(delegate);
			this.before = before;
		}

		@Override
		public void writeOut() throws IOException {
			this.before.run();
			super.writeOut();
		}

		@Override
		public void sync() throws IOException {
			this.before.run();
			super.sync();
		}

	}

}
