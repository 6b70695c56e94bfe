package io.atomicwrite.test.contract;

import java.io.IOException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;

import io.atomicwrite.fs.Directory;
import io.atomicwrite.fs.FileHandle;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.FileStat.Kind;
import io.atomicwrite.test.contract.FileOpsSubject.Trait;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * Symbolic links: which calls follow one, and which are about the link itself.
 */
interface SymbolicLinkContract extends FileOpsWords {

	/** Whether there are none, as the failure to create one shows. */
	private boolean hasNone() {
		if (tested().has(Trait.SYMBOLIC_LINKS)) {
			return false;
		}
		assertThatIOException().isThrownBy(() -> at().createSymbolicLink("link", Path.of("f")));
		return true;
	}

	private void link(String name, String target) throws IOException {
		at().createSymbolicLink(name, Path.of(target));
	}

	@Test
	default void aLinkIsLookedAtItself() throws IOException {
		if (hasNone()) {
			return;
		}
		create("f", "four");
		at().createDirectory("d");
		for (String target : List.of("f", "d", "none", "loop", at().path("f").toString())) {
			link("loop", target);
			assertThat(stat("loop").kind()).isEqualTo(Kind.LINK);
			assertThat(stat("loop").isLink()).isTrue();
			assertThat(at().kind("loop")).isEqualTo(Kind.LINK);
			assertThat(at().readLink("loop")).isEqualTo(Path.of(target));
			assertThatExceptionOfType(NotDirectoryException.class).isThrownBy(() -> at().open("loop"));
			assertLoop(() -> at().openLockFile("loop", 0600, true));
			assertLoop(() -> at().openLockFile("loop", 0600, false));
			assertLoop(() -> at().openForSync("loop"));
			assertExists(() -> at().createExclusive("loop", 0600));
			assertExists(() -> at().createDirectory("loop"));
			assertExists(() -> at().linkNew("f", at(), "loop"));
			at().delete("loop");
		}
		assertThat(read("f")).isEqualTo("four");
		assertThat(names()).containsExactlyInAnyOrder("f", "d");
	}

	@Test
	default void aLinkIsFollowedToReadAndByALook() throws IOException {
		if (hasNone()) {
			return;
		}
		create("f", "four");
		link("link", "f");
		link("dangling", "none");
		link("loop", "loop");
		assertThat(read("link")).isEqualTo("four");
		assertThat(at().exists("link")).isTrue();
		assertThat(at().size("link")).isEqualTo(4);
		assertThat(at().exists("dangling")).isFalse();
		assertLoop(() -> at().exists("loop"));
		assertMissing(() -> read("dangling"));
		assertMissing(() -> at().size("dangling"));
		assertLoop(() -> read("loop"));
		assertThat(tested().files().canonical(at().path("link"))).isEqualTo(at().path("f"));
		assertMissing(() -> tested().files().canonical(at().path("dangling")));
	}

	@Test
	default void aRenameReplacesALinkAndMovesOne() throws IOException {
		if (hasNone()) {
			return;
		}
		create("old", "old");
		create("new", "new");
		link("link", "old");
		at().rename("link", at(), "moved");
		assertThat(at().readLink("moved")).isEqualTo(Path.of("old"));
		at().rename("new", at(), "moved");
		assertThat(at().kind("moved")).isEqualTo(Kind.REGULAR);
		assertThat(read("moved")).isEqualTo("new");
		assertThat(read("old")).isEqualTo("old");
	}

	@Test
	default void aLinkOfALinkIsOneOfTheLinkItself() throws IOException {
		if (hasNone()) {
			return;
		}
		create("f", "four");
		link("link", "f");
		at().linkNew("link", at(), "second");
		assertThat(at().kind("second")).isEqualTo(Kind.LINK);
		assertThat(stat("f").links()).isEqualTo(1);
	}

	@Test
	default void aDeletionTakesTheLinkAndNotWhatItLeadsTo() throws IOException {
		if (hasNone()) {
			return;
		}
		create("f", "four");
		at().createDirectory("d");
		link("to-file", "f");
		link("to-directory", "d");
		link("to-nothing", "none");
		link("to-itself", "to-itself");
		for (String name : names().stream().filter((any) -> any.startsWith("to-")).toList()) {
			at().delete(name);
		}
		assertThat(names()).containsExactlyInAnyOrder("f", "d");
	}

	@Test
	default void aLinkIsCreatedAtAFreeName() throws IOException {
		if (hasNone()) {
			return;
		}
		create("f", "four");
		at().createDirectory("d");
		link("link", "f");
		for (String taken : List.of("f", "d", "link")) {
			assertExists(() -> link(taken, "none"));
		}
		assertMissing(() -> tested().files().createSymbolicLink(at().path("none").resolve("link"), Path.of("f")));
		assertThat(at().readLink("link")).isEqualTo(Path.of("f"));
		assertThat(stat("link").inode()).isNotEqualTo(stat("f").inode());
		assertThat(names()).containsExactlyInAnyOrder("f", "d", "link");
	}

	@Test
	default void aLinkOnTheWayIsFollowed() throws IOException {
		if (hasNone()) {
			return;
		}
		FileOps files = tested().files();
		at().createDirectory("d");
		link("relative", "d");
		link("absolute", at().path("d").toString());
		link("chain", "absolute");
		link("up", "d/../relative");
		for (String way : List.of("relative", "absolute", "chain", "up")) {
			Path through = at().path(way);
			try (FileHandle file = files.createExclusive(through.resolve("f"), 0600)) {
				write(file, way);
			}
			try (Directory inner = files.openFollowingLinks(through)) {
				assertThat(inner.path()).isEqualTo(at().path("d"));
				assertThat(read(inner, "f")).isEqualTo(way);
				assertThat(names(inner)).containsExactly("f");
			}
			assertThat(files.kind(through.resolve("f"))).isEqualTo(Kind.REGULAR);
			assertThat(files.exists(through.resolve("none"))).isFalse();
			assertThat(files.canonical(through.resolve("f"))).isEqualTo(at().path("d").resolve("f"));
			files.rename(through.resolve("f"), through.resolve("g"));
			files.delete(through.resolve("g"));
		}
		assertThat(files.stat(at().path("d").resolve("f"))).isNull();
	}

}
