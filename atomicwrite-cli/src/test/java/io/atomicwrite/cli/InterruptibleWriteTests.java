package io.atomicwrite.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.ForwardingFileOps;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The moments at which a signal can come, one by one.
 */
class InterruptibleWriteTests {

	private static final byte[] NEW = { 'n', 'e', 'w' };

	@TempDir
	private Path directory;

	private Path target;

	private final InterruptibleWrite write = new InterruptibleWrite();

	@BeforeEach
	void createTarget() throws IOException {
		this.target = Files.writeString(this.directory.resolve("config.json"), "old");
	}

	@Test
	void doesNotBeginOnceInterrupted() {
		assertThat(this.write.interrupt()).isEqualTo(ExitStatus.INTERRUPTED);
		assertThatExceptionOfType(Failure.class).isThrownBy(() -> this.write.run(() -> {
			throw new AssertionError("begins");
		}, (staged) -> {
		}));
	}

	@Test
	void discardsWhatIsOpen() throws Exception {
		try (AtomicFileTemplate template = AtomicFileTemplate.create()) {
			assertThatExceptionOfType(Failure.class)
				.isThrownBy(() -> this.write.run(() -> template.open(this.target), (staged) -> {
					StandardInput.put(NEW, NEW.length, staged);
					assertThat(this.write.interrupt()).isEqualTo(ExitStatus.INTERRUPTED);
				}));
		}
		assertOnlyTarget("old");
	}

	@Test
	void carriesACommitThrough() throws Exception {
		CompletableFuture<Integer> signal = new CompletableFuture<>();
		FileOps files = new ForwardingFileOps(FileOps.system()) {

			@Override
			public void rename(Path source, Path name) throws IOException {
				interruptAndWait(signal);
				super.rename(source, name);
			}

		};
		try (AtomicFileTemplate template = AtomicFileTemplate.builder().files(files).build()) {
			this.write.run(() -> template.open(this.target), (staged) -> StandardInput.put(NEW, NEW.length, staged));
		}
		this.write.end(ExitStatus.SUCCESS);
		assertThat(signal.get(30, TimeUnit.SECONDS)).isEqualTo(ExitStatus.SUCCESS);
		assertThat(this.write.isInterrupted()).isFalse();
		assertOnlyTarget("new");
	}

	/** Interrupts in another thread and waits until that waits for the end. */
	private void interruptAndWait(CompletableFuture<Integer> status) {
		Thread thread = new Thread(() -> status.complete(this.write.interrupt()));
		thread.start();
		Awaitility.await().until(() -> thread.getState() == Thread.State.WAITING);
	}

	@Test
	void changesNothingOnceEnded() {
		this.write.end(ExitStatus.LOCK_NOT_ACQUIRED);
		assertThat(this.write.interrupt()).isEqualTo(ExitStatus.LOCK_NOT_ACQUIRED);
	}

	private void assertOnlyTarget(String content) throws IOException {
		assertThat(this.target).hasContent(content);
		try (Stream<Path> files = Files.list(this.directory)) {
			assertThat(files).containsExactly(this.target);
		}
	}

}
