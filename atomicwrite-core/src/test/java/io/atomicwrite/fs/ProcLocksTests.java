package io.atomicwrite.fs;

import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the table of locks of Linux.
 */
@Timeout(60)
class ProcLocksTests {

	@TempDir
	Path directory;

	@Test
	void findsTheHolderOfARecordLockOnly() {
		String table = """
				1: FLOCK  ADVISORY  WRITE 11 fe:00:7 0 EOF
				2: POSIX  ADVISORY  WRITE 12 fe:00:77 0 EOF
				2: -> POSIX  ADVISORY  WRITE 13 fe:00:7 0 EOF
				3: POSIX  ADVISORY  WRITE 14 fe:00:7 0 EOF
				4: POSIX  ADVISORY  WRITE 0 fe:00:8 0 EOF
				""";
		assertThat(ProcLocks.holder(table, 7)).hasValue(14);
		assertThat(ProcLocks.holder(table, 77)).hasValue(12);
		assertThat(ProcLocks.holder(table, 8)).isEmpty();
		assertThat(ProcLocks.holder(table, 9)).isEmpty();
	}

	@Test
	void findsTheHolderWhileOtherLocksComeAndGo() throws Exception {
		Path file = this.directory.resolve("held");
		AtomicBoolean done = new AtomicBoolean();
		try (FileChannel other = open("other"); FileChannel held = open("held")) {
			Thread churn = new Thread(() -> {
				while (!done.get()) {
					try (FileLock lock = other.lock()) {
						assertThat(lock.isValid()).isTrue();
					}
					catch (java.io.IOException ex) {
						throw new java.io.UncheckedIOException(ex);
					}
				}
			});
			churn.start();
			try {
				held.lock();
				FileStat stat = FileOps.system().stat(file);
				assertThat(stat).isNotNull();
				for (int look = 0; look < 3000; look++) {
					assertThat(ProcLocks.holder(stat.inode())).as("look %d", look)
						.hasValue(ProcessHandle.current().pid());
				}
			}
			finally {
				done.set(true);
				churn.join();
			}
		}
	}

	private FileChannel open(String name) throws java.io.IOException {
		return FileChannel.open(this.directory.resolve(name), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
	}

}
