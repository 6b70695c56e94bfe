package io.atomicwrite.fs;

import java.nio.file.Files;
import java.nio.file.Path;

import io.atomicwrite.test.Shell;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The lock on an open file.
 */
class FileHandleTests {

	private static final String TRY = """
			import fcntl, sys
			try:
			    fcntl.lockf(open(sys.argv[1], 'r+'), fcntl.LOCK_EX | fcntl.LOCK_NB)
			    print('free')
			except OSError:
			    print('held')
			""";

	@TempDir
	private Path directory;

	@Test
	void lockThatThisJvmHoldsIsNotFree() throws Exception {
		Path file = this.directory.resolve("f");
		try (FileHandle first = FileOps.system().createExclusive(file, 0600);
				FileHandle second = FileOps.system().openForSync(file)) {
			assertThat(first.tryLock()).isTrue();
			assertThat(second.tryLock()).isFalse();
		}
	}

	@Test
	void fileThatIsOnlyReadCanBeLockedAgainstThoseThatWrite() throws Exception {
		Path file = Files.createFile(this.directory.resolve("f"));
		try (FileHandle handle = FileOps.system().openForSync(file)) {
			assertThat(handle.tryLock()).isTrue();
			assertThat(Shell.run("python3", "-c", TRY, file.toString()).trim()).isEqualTo("held");
		}
		assertThat(Shell.run("python3", "-c", TRY, file.toString()).trim()).isEqualTo("free");
	}

}
