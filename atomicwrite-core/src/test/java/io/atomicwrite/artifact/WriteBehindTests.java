package io.atomicwrite.artifact;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.atomicwrite.fs.FileHandle;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * Tests for {@link WriteBehind}.
 */
@Timeout(60)
class WriteBehindTests {

	private static final int MIB = 1 << 20;

	private final Disk disk = new Disk();

	private final WriteBehind file = new WriteBehind(this.disk);

	@Test
	void littleIsSyncedOnceByTheOneWhoWrites() throws IOException {
		write(3);
		this.file.sync();
		assertThat(this.disk.syncs).containsExactly(3L * MIB);
		assertThat(this.disk.syncing).containsExactly(Thread.currentThread());
	}

	@Test
	void contentComesWhileTheDiskWorks() throws Exception {
		CountDownLatch done = this.disk.busy();
		write(31);
		assertThat(this.disk.written.get()).isEqualTo(31 * MIB);
		done.countDown();
		this.file.sync();
		assertThat(this.disk.writtenOut).hasSize(1);
		assertThat(this.disk.syncs).containsExactly(31L * MIB);
		assertThat(this.disk.syncing).doesNotHaveDuplicates();
	}

	@Test
	void neverGetsFarAheadOfTheDisk() throws Exception {
		CountDownLatch done = this.disk.busy();
		Thread writer = new Thread(() -> writeQuietly(100));
		writer.start();
		Awaitility.await().until(() -> writer.getState() == Thread.State.WAITING);
		assertThat(this.disk.written.get()).isEqualTo(32 * MIB);
		done.countDown();
		writer.join();
		assertThat(this.disk.written.get()).isEqualTo(100 * MIB);
	}

	@Test
	void syncTakesInWhatCameAfterTheLastOne() throws IOException {
		write(100);
		this.file.sync();
		assertThat(this.disk.syncs).last().isEqualTo(100L * MIB);
	}

	@Test
	void theLastPartIsWrittenOutAfterThoseOnTheWay() throws IOException {
		write(100);
		this.file.writeOut();
		assertThat(this.disk.syncs).isEmpty();
		assertThat(this.disk.writtenOut).hasSize(7).last().isEqualTo(100L * MIB);
		assertThat(this.disk.syncing).last().isEqualTo(Thread.currentThread());
	}

	/** The kernel reports a lost write once: a second sync would succeed. */
	@Test
	void failureMeanwhileIsOneForGood() throws Exception {
		this.disk.failure = new IOException("Input/output error");
		write(16);
		Awaitility.await().until(() -> this.disk.failure == null);
		for (int i = 0; i < 2; i++) {
			assertThatIOException().isThrownBy(this.file::sync).withMessage("Input/output error");
			assertThatIOException().isThrownBy(this.file::writeOut).withMessage("Input/output error");
			assertThatIOException().isThrownBy(() -> write(32)).withMessage("Input/output error");
		}
		assertThat(this.disk.syncs).isEmpty();
		assertThat(this.disk.writtenOut).isEmpty();
	}

	@Test
	void interruptDuringTheWaitForTheDiskIsKept() throws Exception {
		CountDownLatch done = this.disk.busy();
		CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
		Thread writer = new Thread(() -> {
			writeQuietly(33);
			interrupted.complete(Thread.currentThread().isInterrupted());
		});
		writer.start();
		Awaitility.await().until(() -> writer.getState() == Thread.State.WAITING);
		writer.interrupt();
		assertThat(this.disk.written.get()).isEqualTo(32 * MIB);
		done.countDown();
		assertThat(interrupted.get(30, TimeUnit.SECONDS)).isTrue();
		assertThat(this.disk.written.get()).isEqualTo(33 * MIB);
	}

	private void writeQuietly(int mebibytes) {
		try {
			write(mebibytes);
		}
		catch (IOException ex) {
			// the caller looks at what was written
		}
	}

	/** In one piece, as what was read altogether. */
	private void write(int mebibytes) throws IOException {
		this.file.write(ByteBuffer.allocate(mebibytes * MIB));
	}

	/** Knows how much had been written whenever it was waited for and had all. */
	private static final class Disk implements FileHandle {

		private final AtomicLong written = new AtomicLong();

		private final List<Long> syncs = new CopyOnWriteArrayList<>();

		private final List<Thread> syncing = new CopyOnWriteArrayList<>();

		private final List<Long> writtenOut = new CopyOnWriteArrayList<>();

		private volatile CountDownLatch idle = new CountDownLatch(0);

		private volatile @Nullable IOException failure;

		CountDownLatch busy() {
			this.idle = new CountDownLatch(1);
			return this.idle;
		}

		@Override
		public void write(ByteBuffer bytes) {
			this.written.addAndGet(bytes.remaining());
			bytes.position(bytes.limit());
		}

		@Override
		public void writeOut() throws IOException {
			reach(this.writtenOut);
		}

		@Override
		public void sync() throws IOException {
			reach(this.syncs);
		}

		private void reach(List<Long> reached) throws IOException {
			long taken = this.written.get();
			try {
				this.idle.await();
			}
			catch (InterruptedException ex) {
				throw new IOException(ex);
			}
			IOException failed = this.failure;
			this.failure = null;
			if (failed != null) {
				throw failed;
			}
			reached.add(taken);
			this.syncing.add(Thread.currentThread());
		}

		@Override
		public boolean tryLock() {
			return true;
		}

		@Override
		public void close() {
			// nothing is open
		}

	}

}
