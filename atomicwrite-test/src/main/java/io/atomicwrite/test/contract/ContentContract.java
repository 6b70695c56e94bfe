package io.atomicwrite.test.contract;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.NonWritableChannelException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import io.atomicwrite.fs.FileHandle;
import io.atomicwrite.fs.FileStat;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Creating, writing and reading files.
 */
interface ContentContract extends FileOpsWords {

	String LONGEST = "n".repeat(255);

	String TOO_LONG = "n".repeat(256);

	List<Integer> MODES = List.of(0600, 0640, 0666, 0400, 0200);

	@Test
	default void aFileIsCreatedEmptyAndWrittenInOrder() throws IOException {
		try (FileHandle file = at().createExclusive("f", 0600)) {
			assertThat(at().size("f")).isZero();
			write(file, "one ");
			write(file, "");
			write(file, "two");
			file.sync();
			assertThat(read("f")).isEqualTo("one two");
			write(file, " three");
			assertThat(at().size("f")).isEqualTo(13);
		}
		assertThat(read("f")).isEqualTo("one two three");
	}

	@Test
	default void aFileThatIsWrittenOutStaysOpenForMore() throws IOException {
		try (FileHandle file = at().createExclusive("f", 0600)) {
			file.writeOut();
			write(file, "one ");
			file.startWriteback();
			file.writeOut();
			assertThat(read("f")).isEqualTo("one ");
			write(file, "two");
			file.writeOut();
			file.sync();
		}
		assertThat(read("f")).isEqualTo("one two");
	}

	@Test
	default void aLargeContentIsWrittenWhole() throws IOException {
		String large = "0123456789abcdef".repeat(20_000);
		create("f", large);
		assertThat(read("f")).isEqualTo(large);
	}

	@Test
	default void nothingIsCreatedWhereSomethingIs() throws IOException {
		create("f", "four");
		at().createDirectory("d");
		for (String name : List.of("f", "d")) {
			assertExists(() -> at().createExclusive(name, 0600));
			assertExists(() -> at().createDirectory(name));
		}
		assertThat(read("f")).isEqualTo("four");
		assertThat(names()).containsExactlyInAnyOrder("f", "d");
	}

	@Test
	default void aNewFileHasTheModeLessTheUmask() throws IOException {
		at().createExclusive("all", 0777).close();
		int left = stat("all").mode();
		assertThat(left & ~0777).isZero();
		for (int mode : MODES) {
			at().createExclusive("f" + mode, mode).close();
			assertThat(stat("f" + mode).mode()).as("0%o", mode).isEqualTo(mode & left);
			at().openLockFile("l" + mode, mode, true).close();
			assertThat(stat("l" + mode).mode()).as("lock file, 0%o", mode).isEqualTo(mode & left);
		}
		assertThat(stat("f" + MODES.get(0)).mode()).isEqualTo(0600);
	}

	@Test
	default void namesHaveALimit() throws IOException {
		create(LONGEST, "four");
		assertThat(read(LONGEST)).isEqualTo("four");
		assertThat(at().exists(TOO_LONG)).isFalse();
		assertTooLong(() -> at().createExclusive(TOO_LONG, 0600));
		assertTooLong(() -> at().createDirectory(TOO_LONG));
		assertTooLong(() -> at().stat(TOO_LONG));
		assertTooLong(() -> at().kind(TOO_LONG));
		assertTooLong(() -> at().openLockFile(TOO_LONG, 0600, true));
		assertTooLong(() -> at().rename(LONGEST, at(), TOO_LONG));
		assertTooLong(() -> at().linkNew(LONGEST, at(), TOO_LONG));
		assertTooLong(() -> at().delete(TOO_LONG));
		assertThat(names()).containsExactly(LONGEST);
	}

	@Test
	default void anOpenFileOutlivesItsName() throws IOException {
		try (FileHandle file = at().createExclusive("f", 0600)) {
			write(file, "one");
			at().rename("f", at(), "g");
			write(file, " two");
			assertThat(read("g")).isEqualTo("one two");
			at().delete("g");
			write(file, " three");
			file.sync();
			assertThat(names()).isEmpty();
			create("f", "another");
			write(file, " four");
		}
		assertThat(read("f")).isEqualTo("another");
	}

	@Test
	default void aFileOpenedForSyncIsOnlySynced() throws IOException {
		create("f", "four");
		FileStat before = stat("f");
		try (FileHandle file = at().openForSync("f")) {
			file.sync();
			assertThatExceptionOfType(NonWritableChannelException.class).isThrownBy(() -> write(file, "five"));
		}
		assertThat(stat("f")).isEqualTo(before);
		assertThat(read("f")).isEqualTo("four");
	}

	@Test
	default void aReaderKeepsTheFileThatItOpened() throws IOException {
		create("f", "old");
		create("g", "newer");
		try (InputStream old = at().openRead("f")) {
			at().rename("g", at(), "f");
			assertThat(new String(old.readAllBytes(), StandardCharsets.ISO_8859_1)).isEqualTo("old");
		}
		try (InputStream deleted = at().openRead("f")) {
			at().delete("f");
			assertThat(new String(deleted.readAllBytes(), StandardCharsets.ISO_8859_1)).isEqualTo("newer");
		}
	}

}
