package io.atomicwrite.test;

import java.io.IOException;
import java.nio.file.FileSystemException;

import io.atomicwrite.fs.Directory;
import io.atomicwrite.fs.FileStat.Kind;
import io.atomicwrite.test.contract.FileOpsContract;
import io.atomicwrite.test.contract.FileOpsSubject.Trait;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What the operations of a real filesystem keep to beyond {@link FileOpsContract}: FIFOs,
 * directories that get another name, and attributes with a limit. The filesystem in
 * memory has none of these, as the engine creates none.
 */
public abstract class RealFileOpsContract extends FileOpsContract {

	@Test
	void aFifoBlocksNobody() throws IOException {
		Shell.run("mkfifo", at().path("fifo").toString());
		create("f", "four");
		assertThat(stat("fifo").kind()).isEqualTo(Kind.FIFO);
		assertThat(at().kind("fifo")).isEqualTo(Kind.FIFO);
		assertThat(at().exists("fifo")).isTrue();
		assertThatExceptionOfType(FileSystemException.class).isThrownBy(() -> at().openLockFile("fifo", 0600, true))
			.withMessageContaining("FIFO");
		assertThatExceptionOfType(FileSystemException.class).isThrownBy(() -> at().openLockFile("fifo", 0600, false));
		assertExists(() -> at().createExclusive("fifo", 0600));
		assertExists(() -> at().linkNew("f", at(), "fifo"));
		at().rename("f", at(), "fifo");
		assertThat(read("fifo")).isEqualTo("four");
	}

	@Test
	void aRenameOfADirectoryFollowsTheRulesOfDirectories() throws IOException {
		create("f", "four");
		at().createDirectory("d");
		at().createDirectory("full");
		try (Directory full = at().open("full")) {
			create(full, "inner", "inner");
		}
		assertThatError(() -> at().rename("d", at(), "f"), "Not a directory");
		assertThatExceptionOfType(FileSystemException.class).isThrownBy(() -> at().rename("d", at(), "full"));
		at().rename("full", at(), "d");
		try (Directory moved = at().open("d")) {
			assertThat(names(moved)).containsExactly("inner");
		}
		assertThat(names()).containsExactlyInAnyOrder("f", "d");
	}

	@Test
	void attributesHaveALimit() throws IOException {
		create("f", "four");
		if (!tested().has(Trait.USER_ATTRIBUTES)) {
			assertThatExceptionOfType(IOException.class).isThrownBy(() -> at().setUserAttribute("f", "a", new byte[1]));
			return;
		}
		assertThatExceptionOfType(IOException.class)
			.isThrownBy(() -> at().setUserAttribute("f", "a", new byte[65_537]));
		assertThatExceptionOfType(IOException.class)
			.isThrownBy(() -> at().setUserAttribute("f", "n".repeat(300), new byte[1]));
		assertThat(at().userAttributes("f")).isEmpty();
	}

}
