package io.atomicwrite.test.contract;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Objects;

import io.atomicwrite.fs.Directory;
import io.atomicwrite.fs.FileStat;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Renaming, linking and deleting: the calls that change what a name stands for.
 */
interface RenameContract extends FileOpsWords {

	@Test
	default void aRenameMovesTheFileItself() throws IOException {
		create("f", "four");
		FileStat before = stat("f");
		at().rename("f", at(), "g");
		assertThat(stat("g").inode()).isEqualTo(before.inode());
		assertThat(stat("g").changed()).isAfterOrEqualTo(before.changed());
		assertThat(stat("g").modified()).isEqualTo(before.modified());
		assertThat(names()).containsExactly("g");
		assertThat(read("g")).isEqualTo("four");
	}

	@Test
	default void aRenameReplacesAFile() throws IOException {
		create("f", "new");
		create("g", "old");
		long inode = stat("f").inode();
		at().rename("f", at(), "g");
		assertThat(stat("g").inode()).isEqualTo(inode);
		assertThat(read("g")).isEqualTo("new");
		assertThat(names()).containsExactly("g");
	}

	@Test
	default void aRenameOfAFileToItselfDoesNothing() throws IOException {
		create("f", "four");
		FileStat before = stat("f");
		at().rename("f", at(), "f");
		assertThat(stat("f").inode()).isEqualTo(before.inode());
		assertThat(read("f")).isEqualTo("four");
		assertThat(names()).containsExactly("f");
	}

	@Test
	default void aRenameBetweenTwoNamesOfOneFileLeavesBoth() throws IOException {
		create("f", "four");
		at().linkNew("f", at(), "g");
		at().rename("f", at(), "g");
		assertThat(names()).containsExactlyInAnyOrder("f", "g");
		assertThat(stat("g").links()).isEqualTo(2);
	}

	@Test
	default void aRenameOverOneOfTwoNamesLeavesTheOther() throws IOException {
		create("f", "old");
		at().linkNew("f", at(), "g");
		create("new", "new");
		at().rename("new", at(), "g");
		assertThat(read("f")).isEqualTo("old");
		assertThat(read("g")).isEqualTo("new");
		assertThat(stat("f").links()).isEqualTo(1);
	}

	@Test
	default void aRenameOverADirectoryFails() throws IOException {
		create("f", "four");
		at().createDirectory("empty");
		at().createDirectory("full");
		try (Directory full = at().open("full")) {
			create(full, "inner", "inner");
		}
		for (String directory : List.of("empty", "full")) {
			assertThatError(() -> at().rename("f", at(), directory), "Is a directory");
		}
		assertThat(read("f")).isEqualTo("four");
		assertThat(names()).containsExactlyInAnyOrder("f", "empty", "full");
	}

	@Test
	default void aRenameGoesFromDirectoryToDirectory() throws IOException {
		create("f", "four");
		at().createDirectory("d");
		try (Directory inner = at().open("d")) {
			at().rename("f", inner, "g");
			assertThat(names(inner)).containsExactly("g");
			assertThat(names()).containsExactly("d");
			inner.rename("g", at(), "h");
			assertThat(names(inner)).isEmpty();
		}
		assertThat(read("h")).isEqualTo("four");
	}

	@Test
	default void aLinkIsASecondNameOfTheFile() throws IOException {
		create("f", "four");
		at().createDirectory("d");
		try (Directory inner = at().open("d")) {
			at().linkNew("f", inner, "g");
			assertThat(Objects.requireNonNull(inner.stat("g")).inode()).isEqualTo(stat("f").inode());
		}
		assertThat(stat("f").links()).isEqualTo(2);
		at().delete("f");
		try (Directory inner = at().open("d")) {
			assertThat(Objects.requireNonNull(inner.stat("g")).links()).isEqualTo(1);
			assertThat(read(inner, "g")).isEqualTo("four");
		}
	}

	@Test
	default void aLinkNeverReplaces() throws IOException {
		create("f", "four");
		create("g", "other");
		at().createDirectory("d");
		for (String taken : List.of("g", "d", "f")) {
			assertExists(() -> at().linkNew("f", at(), taken));
		}
		assertThat(read("g")).isEqualTo("other");
		assertThat(stat("f").links()).isEqualTo(1);
		assertThatExceptionOfType(FileSystemException.class).isThrownBy(() -> at().linkNew("d", at(), "e"))
			.isNotInstanceOf(NoSuchFileException.class);
		assertThat(names()).containsExactlyInAnyOrder("f", "g", "d");
	}

	@Test
	default void aDeletionTakesOneName() throws IOException {
		create("f", "four");
		at().createDirectory("empty");
		at().delete("f");
		at().delete("empty");
		assertThat(names()).isEmpty();
		assertThat(at().exists("empty")).isFalse();
		assertMissing(() -> at().delete("f"));
	}

	@Test
	default void aDeletionMayLeaveItsReasonOut() throws IOException {
		create("f", "four");
		at().createDirectory("d");
		try (Directory inner = at().open("d")) {
			create(inner, "g", "five");
		}
		assertThat(at().tryDelete("f")).isTrue();
		assertThat(names()).containsExactly("d");
		for (String name : List.of("f", "d")) {
			try {
				assertThat(at().tryDelete(name)).isFalse();
			}
			catch (NoSuchFileException | DirectoryNotEmptyException ex) {
				// which is more than was asked for
			}
		}
		assertThat(names()).containsExactly("d");
	}

	@Test
	default void aDirectoryThatIsNotEmptyIsNotDeleted() throws IOException {
		at().createDirectory("d");
		try (Directory inner = at().open("d")) {
			create(inner, "f", "four");
			assertThatExceptionOfType(DirectoryNotEmptyException.class).isThrownBy(() -> at().delete("d"));
			inner.delete("f");
			inner.createDirectory("e");
			assertThatExceptionOfType(DirectoryNotEmptyException.class).isThrownBy(() -> at().delete("d"));
			inner.delete("e");
		}
		at().delete("d");
		assertThat(names()).isEmpty();
	}

}
