package io.atomicwrite.lock;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.ForwardingFileOps;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ReleasesTests {

	@TempDir
	private Path directory;

	@Test
	void aReleaseThatHangsDelaysNeitherTheOthersNorTheClose() throws Exception {
		CountDownLatch hanging = new CountDownLatch(1);
		Path bad = Files.createDirectory(this.directory.resolve("bad")).resolve("a");
		Path good = Files.createDirectory(this.directory.resolve("good")).resolve("a");
		LockRegistry locks = LockRegistry.fileBuilder().files(new Hanging(hanging)).build();
		locks.acquire(bad, LockRequest.failFast());
		locks.acquire(good, LockRequest.failFast());
		long start = System.nanoTime();
		locks.close();
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(9));
		assertThat(good.getParent()).isEmptyDirectory();
		hanging.countDown();
	}

	/** Nothing can be deleted in a directory named {@code bad} until it is let go. */
	private static final class Hanging extends ForwardingFileOps {

		private final CountDownLatch hanging;

		Hanging(CountDownLatch hanging) {
			super(FileOps.system());
			this.hanging = hanging;
		}

		@Override
		public boolean tryDelete(Path path) throws IOException {
			block(path);
			return super.tryDelete(path);
		}

		@Override
		public void delete(Path path) throws IOException {
			block(path);
			super.delete(path);
		}

		private void block(Path path) {
			while (path.getParent().endsWith("bad") && this.hanging.getCount() > 0) {
				try {
					this.hanging.await();
				}
				catch (InterruptedException ex) {
					// as a system call on a filesystem that hangs
				}
			}
		}

	}

}
