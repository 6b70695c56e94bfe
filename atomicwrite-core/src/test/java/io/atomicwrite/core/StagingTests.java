package io.atomicwrite.core;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

import io.atomicwrite.WriteFailedException;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.FileStat;
import io.atomicwrite.lock.LockRequest;
import io.atomicwrite.test.DirectoryContent;
import io.atomicwrite.test.Shell;
import io.atomicwrite.test.WriteFaults;
import io.atomicwrite.test.fault.FaultyFileOps;
import io.atomicwrite.test.fault.FileCall;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The staging file: its name, and that its writer can be told to live.
 */
class StagingTests {

	@TempDir
	private Path directory;

	@Test
	void nameThatIsTakenIsNotUsed() throws Exception {
		new WriteFaults(this.directory, UnaryOperator.identity()).nameThatIsTakenIsNotUsed();
	}

	@Test
	void searchForANameEnds() throws Exception {
		Files.writeString(this.directory.resolve(".f.0000000000000001.tmp"), "another writer's");
		AtomicFileTemplate template = AtomicFileTemplate.builder().tokens(() -> 1).build();
		assertThatExceptionOfType(WriteFailedException.class)
			.isThrownBy(() -> template.writeString(this.directory.resolve("f"), "new"))
			.withMessageContaining("no free name");
		assertThat(DirectoryContent.of(this.directory)).containsExactly(".f.0000000000000001.tmp");
	}

	/** Not by the thread that looks after writes whose callers have forgotten them. */
	@Test
	void errorWhileTheContentIsFlushedIsAFailureAndTheCallerDeletesTheFile() throws Exception {
		FaultyFileOps files = new FaultyFileOps(FileOps.system());
		List<Thread> deleted = new CopyOnWriteArrayList<>();
		List<Throwable> failures = new CopyOnWriteArrayList<>();
		files.fail((call) -> {
			if (call.op() == FileCall.Op.DELETE) {
				deleted.add(Thread.currentThread());
			}
			return call.op() == FileCall.Op.WRITE;
		}, 1, new OutOfMemoryError("pretended"));
		AtomicFileTemplate template = AtomicFileTemplate.builder().files(files).listener(new WriteListener() {

			@Override
			public void failed(WriteAttempt attempt, Throwable failure) {
				failures.add(failure);
			}

		}).build();
		try (StagedWrite out = template.open(this.directory.resolve("f"),
				WriteOptions.engineDefaults().toBuilder().lock(LockRequest.none()).build())) {
			out.output().write(1);
			assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(out::commit);
			assertThat(DirectoryContent.of(this.directory)).isEmpty();
		}
		assertThat(deleted).containsOnly(Thread.currentThread());
		assertThat(failures).hasSize(1);
	}

	@Test
	void writerWithoutALeaseIsKnownToLiveByTheLockOnItsStagingFile() throws Exception {
		AtomicFileTemplate template = AtomicFileTemplate.builder().tokens(() -> 1).build();
		Path staging = this.directory.resolve(".f.0000000000000001.tmp");
		try (StagedWrite out = template.open(this.directory.resolve("f"),
				WriteOptions.engineDefaults().toBuilder().lock(LockRequest.none()).build())) {
			out.output().write(1);
			FileStat stat = FileOps.system().stat(staging);
			assertThat(stat).isNotNull();
			assertThat(FileOps.system().lockHolder(stat)).hasValue(ProcessHandle.current().pid());
			String seen = Shell.run("python3", "-c", """
					import fcntl, sys
					try:
					    fcntl.lockf(open(sys.argv[1], 'r+'), fcntl.LOCK_EX | fcntl.LOCK_NB)
					    print('dead')
					except OSError:
					    print('alive')
					""", staging.toString());
			assertThat(seen.trim()).isEqualTo("alive");
		}
	}

}
