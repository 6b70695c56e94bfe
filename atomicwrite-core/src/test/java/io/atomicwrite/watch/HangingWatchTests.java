package io.atomicwrite.watch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.FileStat;
import io.atomicwrite.fs.ForwardingFileOps;
import io.atomicwrite.test.Stresses;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Listeners and filesystems that do not return.
 */
@Stresses
@Timeout(120)
class HangingWatchTests {

	@TempDir
	private Path temp;

	private Path directory = Path.of("");

	private Path file = Path.of("");

	private FileWatcher watcher = FileWatcher.create(FileOps.system());

	@BeforeEach
	void resolve() throws IOException {
		this.directory = Files.createDirectory(this.temp.toRealPath().resolve("directory"));
		this.file = Files.writeString(this.directory.resolve("file"), "first");
	}

	@AfterEach
	void close() {
		this.watcher.close();
	}

	@Test
	void aListenerThatDoesNotReturnHoldsUpNoOtherFile() throws IOException {
		CountDownLatch hanging = new CountDownLatch(1);
		AtomicInteger calls = new AtomicInteger();
		this.watcher.watch(this.file, WatchOptions.defaults(), (look) -> {
			calls.incrementAndGet();
			uninterruptibly(hanging);
		});
		await().until(() -> calls.get() == 1);
		Path other = Files.writeString(this.directory.resolve("other"), "other");
		try (Watched watched = new Watched(this.watcher, other)) {
			assertThat(watched.next()).isEqualTo("other");
			Files.writeString(this.file, "second");
			Files.writeString(other, "another");
			assertThat(watched.next()).isEqualTo("another");
			assertThat(calls).as("calls for one file do not overlap").hasValue(1);
		}
		hanging.countDown();
		await().until(() -> calls.get() == 2);
		await().until(() -> FileWatcherTests.threads().size() == 2);
	}

	@Test
	void aFilesystemThatDoesNotAnswerHoldsUpNoOtherOneAndTakesOneThread() throws IOException {
		Path mount = Files.createDirectory(this.temp.toRealPath().resolve("mount"));
		HangingFiles files = new HangingFiles(FileOps.system(), mount);
		this.watcher = FileWatcher.create(files);
		List<Watched> silent = new ArrayList<>();
		for (int i = 0; i < 40; i++) {
			silent.add(new Watched(this.watcher, Files.writeString(mount.resolve("file" + i), "silent")));
		}
		Watched link = new Watched(this.watcher,
				Files.createSymbolicLink(this.directory.resolve("link"), mount.resolve("file0")));
		try (Watched watched = new Watched(this.watcher, this.file)) {
			assertThat(watched.next()).isEqualTo("first");
			await().untilAsserted(() -> assertThat(link.watch().status().reason()).hasValueSatisfying(
					(reason) -> assertThat(reason).contains("the filesystem at " + mount + " does not answer")));
			Files.writeString(this.file, "second");
			assertThat(watched.next()).isEqualTo("second");
			assertThat(FileWatcherTests.threads()).hasSize(3);
			files.answer();
			for (Watched each : silent) {
				assertThat(each.next()).isEqualTo("silent");
			}
			assertThat(link.next()).isEqualTo("silent");
			await().until(() -> FileWatcherTests.threads().size() == 2);
		}
	}

	private static void uninterruptibly(CountDownLatch latch) {
		while (latch.getCount() > 0) {
			try {
				latch.await();
			}
			catch (InterruptedException ex) {
				// as a call that nothing ends
			}
		}
	}

	/** A mount whose server is gone for a while. */
	private static final class HangingFiles extends ForwardingFileOps {

		private final Path mount;

		private final CountDownLatch answer = new CountDownLatch(1);

		private HangingFiles(FileOps delegate, Path mount) {
			super(delegate);
			this.mount = mount;
		}

		void answer() {
			this.answer.countDown();
		}

		@Override
		public boolean isMountPoint(Path canonical) throws IOException {
			return canonical.equals(this.mount) || super.isMountPoint(canonical);
		}

		@Override
		public @Nullable FileStat stat(Path path) throws IOException {
			if (path.startsWith(this.mount)) {
				uninterruptibly(this.answer);
			}
			return super.stat(path);
		}

		@Override
		public FileStat.@Nullable Kind kind(Path path) throws IOException {
			if (path.startsWith(this.mount)) {
				uninterruptibly(this.answer);
			}
			return super.kind(path);
		}

		@Override
		public InputStream openRead(Path path) throws IOException {
			if (path.startsWith(this.mount)) {
				uninterruptibly(this.answer);
			}
			return super.openRead(path);
		}

	}

}
