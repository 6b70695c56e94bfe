package io.atomicwrite.test.contract;

import java.io.IOException;

import io.atomicwrite.fs.DirectoryHandle;
import io.atomicwrite.fs.FileHandle;
import io.atomicwrite.fs.LockFile;
import io.atomicwrite.test.contract.FileOpsSubject.Trait;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Calls that an interrupt must neither end nor take its flag from.
 */
interface InterruptContract extends FileOpsWords {

	@Test
	default void noCallIsEndedByAnInterruptNorTakesItsFlag() throws IOException {
		Thread.currentThread().interrupt();
		try (FileHandle file = at().createExclusive("f", 0600)) {
			write(file, "four");
			file.sync();
			file.tryLock();
			assertFlag();
		}
		try (FileHandle file = at().openForSync("f"); DirectoryHandle directory = at().openSync()) {
			file.sync();
			directory.sync();
			assertFlag();
		}
		try (LockFile lock = at().openLockFile("l", 0600, true)) {
			assertThat(lock.tryLock()).isTrue();
			lock.resize(lock.size() + 5);
			assertThat(lock.read(3)).hasSize(3);
			assertFlag();
		}
		at().createDirectory("d");
		at().rename("f", at(), "g");
		assertThat(read("g")).isEqualTo("four");
		assertThat(stat("g").size()).isEqualTo(4);
		assertThat(names()).containsExactlyInAnyOrder("d", "g", "l");
		if (tested().has(Trait.HARD_LINKS)) {
			at().linkNew("g", at(), "h");
			at().delete("h");
		}
		at().setMode("g", 0600);
		at().userAttributes("g");
		assertMissing(() -> at().delete("none"));
		assertFlag();
	}

	static void assertFlag() {
		assertThat(Thread.currentThread().isInterrupted()).as("the flag is kept").isTrue();
	}

}
