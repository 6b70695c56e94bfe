package io.atomicwrite.test.contract;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import io.atomicwrite.fs.FileHandle;
import io.atomicwrite.fs.FileStat.Kind;
import io.atomicwrite.fs.LockFile;
import io.atomicwrite.test.contract.FileOpsSubject.Trait;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Lock files, and the locks that show that a writer lives.
 */
interface FileLockContract extends FileOpsWords {

	@Test
	default void aLockFileIsCreatedOrOpened() throws IOException {
		try (LockFile lock = at().openLockFile("l", 0600, true)) {
			assertThat(at().kind("l")).isEqualTo(Kind.REGULAR);
			assertThat(lock.tryLock()).isTrue();
			assertThat(lock.size()).isZero();
			assertThat(lock.read(10)).isEmpty();
			for (long size : new long[] { 5, 900, 3, 2047 }) {
				lock.resize(size);
				assertThat(at().size("l")).isEqualTo(size);
				assertThat(stat("l").size()).isEqualTo(size);
				assertThat(lock.size()).isEqualTo(size);
				assertThat(lock.read(64)).isEqualTo(new byte[(int) Math.min(64, size)]);
			}
		}
		assertThat(at().size("l")).isEqualTo(2047);
		try (LockFile lock = at().openLockFile("l", 0600, false)) {
			assertThat(lock.tryLock()).isTrue();
			assertThat(lock.size()).isEqualTo(2047);
		}
		assertExists(() -> at().createExclusive("l", 0600));
	}

	@Test
	default void aLockFileThatHoldsDataShowsIt() throws IOException {
		create("l", "data");
		try (LockFile lock = at().openLockFile("l", 0600, true)) {
			assertThat(lock.tryLock()).isTrue();
			assertThat(lock.size()).isEqualTo(4);
			assertThat(new String(lock.read(64), StandardCharsets.ISO_8859_1)).isEqualTo("data");
			assertThat(new String(lock.read(2), StandardCharsets.ISO_8859_1)).isEqualTo("da");
		}
		assertThat(read("l")).isEqualTo("data");
	}

	@Test
	default void aLockLastsUntilItsFileIsClosed() throws IOException {
		try (LockFile lock = at().openLockFile("l", 0600, true)) {
			assertThat(isFree("l")).isTrue();
			assertThat(lock.tryLock()).isTrue();
			assertThat(isFree("l")).isFalse();
			lock.resize(7);
			assertThat(isFree("l")).isFalse();
			long holder = tested().files().lockHolder(stat("l")).orElse(-1);
			assertThat(holder).isEqualTo(tested().has(Trait.LOCK_HOLDERS) ? ProcessHandle.current().pid() : -1);
		}
		assertThat(isFree("l")).isTrue();
		assertThat(tested().files().lockHolder(stat("l"))).isEmpty();
	}

	@Test
	default void aLockIsOneOfTheFileAndNotOfItsName() throws IOException {
		try (LockFile lock = at().openLockFile("l", 0600, true)) {
			assertThat(lock.tryLock()).isTrue();
			lock.resize(7);
			at().rename("l", at(), "moved");
			assertThat(isFree("moved")).isFalse();
			assertThat(at().size("moved")).isEqualTo(7);
			assertThat(at().exists("l")).isFalse();
			try (LockFile other = at().openLockFile("l", 0600, true)) {
				assertThat(other.size()).isZero();
				assertThat(other.tryLock()).isTrue();
			}
			at().delete("moved");
			lock.resize(9);
			assertThat(lock.size()).isEqualTo(9);
			assertThat(at().size("l")).isZero();
			assertThat(isFree("l")).isTrue();
		}
		assertThat(names()).containsExactly("l");
	}

	@Test
	default void aStagingFileShowsThatItsWriterLives() throws IOException {
		try (FileHandle file = at().createExclusive("f", 0600)) {
			assertThat(isFree("f")).isTrue();
			assertThat(file.tryLock()).isTrue();
			write(file, "four");
			assertThat(isFree("f")).isFalse();
			at().rename("f", at(), "g");
			assertThat(isFree("g")).isFalse();
		}
		assertThat(isFree("g")).isTrue();
	}

	@Test
	default void aLockOfThisProcessIsNotFreeForItself() throws IOException {
		try (FileHandle first = at().createExclusive("f", 0600)) {
			assertThat(first.tryLock()).isTrue();
			try (FileHandle second = at().openForSync("f")) {
				assertThat(second.tryLock()).isFalse();
			}
			if (tested().has(Trait.LOCKS_OF_THE_PROCESS)) {
				assertThat(isFree("f")).isTrue();
			}
			else {
				assertThat(isFree("f")).isFalse();
			}
		}
		try (FileHandle again = at().openForSync("f")) {
			assertThat(again.tryLock()).isTrue();
			assertThat(isFree("f")).isFalse();
		}
	}

}
