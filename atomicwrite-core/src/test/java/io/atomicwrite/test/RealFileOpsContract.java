package io.atomicwrite.test;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import io.atomicwrite.fs.Directory;
import io.atomicwrite.fs.FileStat.Kind;
import io.atomicwrite.test.FileOpsSubject.Trait;
import org.junit.jupiter.api.Test;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What the operations of a real filesystem keep to beyond {@link FileOpsContract}: links,
 * FIFOs, directories that get another name, and attributes with a limit. The filesystem
 * in memory has none of these, as the engine creates none.
 */
public abstract class RealFileOpsContract extends FileOpsContract {

	@Test
	void aLinkIsLookedAtItself() throws IOException {
		create("f", "four");
		this.at.createDirectory("d");
		for (String target : List.of("f", "d", "none", "loop", this.at.path("f").toString())) {
			Files.createSymbolicLink(this.at.path("loop"), Path.of(target));
			assertThat(stat("loop").kind()).isEqualTo(Kind.LINK);
			assertThat(stat("loop").isLink()).isTrue();
			assertThat(this.at.kind("loop")).isEqualTo(Kind.LINK);
			assertThat(this.at.readLink("loop")).isEqualTo(Path.of(target));
			assertThatExceptionOfType(NotDirectoryException.class).isThrownBy(() -> this.at.open("loop"));
			assertLoop(() -> this.at.openLockFile("loop", 0600, true));
			assertLoop(() -> this.at.openLockFile("loop", 0600, false));
			assertLoop(() -> this.at.openForSync("loop"));
			assertExists(() -> this.at.createExclusive("loop", 0600));
			assertExists(() -> this.at.createDirectory("loop"));
			assertExists(() -> this.at.linkNew("f", this.at, "loop"));
			this.at.delete("loop");
		}
		assertThat(read("f")).isEqualTo("four");
		assertThat(names()).containsExactlyInAnyOrder("f", "d");
	}

	@Test
	void aLinkIsFollowedToReadAndByTheCheapestLook() throws IOException {
		create("f", "four");
		link("link", "f");
		link("dangling", "none");
		link("loop", "loop");
		assertThat(read("link")).isEqualTo("four");
		assertThat(this.at.exists("link")).isTrue();
		assertThat(this.at.size("link")).isEqualTo(4);
		assertThat(this.at.exists("dangling")).isFalse();
		assertThat(this.at.exists("loop")).isFalse();
		assertMissing(() -> read("dangling"));
		assertMissing(() -> this.at.size("dangling"));
		assertLoop(() -> read("loop"));
		assertThat(this.subject.files().canonical(this.at.path("link"))).isEqualTo(this.at.path("f"));
		assertMissing(() -> this.subject.files().canonical(this.at.path("dangling")));
	}

	@Test
	void aFifoBlocksNobody() throws IOException {
		Shell.run("mkfifo", this.at.path("fifo").toString());
		create("f", "four");
		assertThat(stat("fifo").kind()).isEqualTo(Kind.FIFO);
		assertThat(this.at.kind("fifo")).isEqualTo(Kind.FIFO);
		assertThat(this.at.exists("fifo")).isTrue();
		assertThatExceptionOfType(FileSystemException.class).isThrownBy(() -> this.at.openLockFile("fifo", 0600, true))
			.withMessageContaining("FIFO");
		assertThatExceptionOfType(FileSystemException.class)
			.isThrownBy(() -> this.at.openLockFile("fifo", 0600, false));
		assertExists(() -> this.at.createExclusive("fifo", 0600));
		assertExists(() -> this.at.linkNew("f", this.at, "fifo"));
		this.at.rename("f", this.at, "fifo");
		assertThat(read("fifo")).isEqualTo("four");
	}

	@Test
	void aRenameReplacesALinkAndMovesOne() throws IOException {
		create("old", "old");
		create("new", "new");
		link("link", "old");
		this.at.rename("link", this.at, "moved");
		assertThat(this.at.readLink("moved")).isEqualTo(Path.of("old"));
		this.at.rename("new", this.at, "moved");
		assertThat(this.at.kind("moved")).isEqualTo(Kind.REGULAR);
		assertThat(read("moved")).isEqualTo("new");
		assertThat(read("old")).isEqualTo("old");
	}

	@Test
	void aRenameOfADirectoryFollowsTheRulesOfDirectories() throws IOException {
		create("f", "four");
		this.at.createDirectory("d");
		this.at.createDirectory("full");
		try (Directory full = this.at.open("full")) {
			create(full, "inner", "inner");
		}
		assertThatError(() -> this.at.rename("d", this.at, "f"), "Not a directory");
		assertThatExceptionOfType(FileSystemException.class).isThrownBy(() -> this.at.rename("d", this.at, "full"));
		this.at.rename("full", this.at, "d");
		try (Directory moved = this.at.open("d")) {
			assertThat(names(moved)).containsExactly("inner");
		}
		assertThat(names()).containsExactlyInAnyOrder("f", "d");
	}

	@Test
	void aLinkOfALinkIsOneOfTheLinkItself() throws IOException {
		create("f", "four");
		link("link", "f");
		this.at.linkNew("link", this.at, "second");
		assertThat(this.at.kind("second")).isEqualTo(Kind.LINK);
		assertThat(stat("f").links()).isEqualTo(1);
	}

	@Test
	void aDeletionTakesTheLinkAndNotWhatItLeadsTo() throws IOException {
		create("f", "four");
		this.at.createDirectory("d");
		link("to-file", "f");
		link("to-directory", "d");
		link("to-nothing", "none");
		link("to-itself", "to-itself");
		for (String name : names().stream().filter((any) -> any.startsWith("to-")).toList()) {
			this.at.delete(name);
		}
		assertThat(names()).containsExactlyInAnyOrder("f", "d");
	}

	@Test
	void attributesHaveALimit() throws IOException {
		create("f", "four");
		if (!this.subject.has(Trait.USER_ATTRIBUTES)) {
			assertThatExceptionOfType(IOException.class)
				.isThrownBy(() -> this.at.setUserAttribute("f", "a", new byte[1]));
			return;
		}
		assertThatExceptionOfType(IOException.class)
			.isThrownBy(() -> this.at.setUserAttribute("f", "a", new byte[65_537]));
		assertThatExceptionOfType(IOException.class)
			.isThrownBy(() -> this.at.setUserAttribute("f", "n".repeat(300), new byte[1]));
		assertThat(this.at.userAttributes("f")).isEmpty();
	}

}
