package io.atomicwrite.test.contract;

import java.io.IOException;
import java.nio.file.AccessMode;
import java.nio.file.FileSystemException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.atomicwrite.fs.Directory;
import io.atomicwrite.fs.DirectoryHandle;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.FileStat;
import io.atomicwrite.fs.FileStat.Kind;
import io.atomicwrite.fs.IoErrors;
import io.atomicwrite.test.contract.FileOpsSubject.Trait;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * The status of what is at a name, and the names in a directory.
 */
interface StatusContract extends FileOpsWords {

	@Test
	default void nothingIsAtAFreeName() throws IOException {
		assertThat(at().stat("f")).isNull();
		assertThat(at().kind("f")).isNull();
		assertThat(at().exists("f")).isFalse();
		assertMissing(() -> at().size("f"));
		assertMissing(() -> at().readLink("f"));
		assertMissing(() -> at().openRead("f"));
		assertMissing(() -> at().openForSync("f"));
		assertMissing(() -> at().openLockFile("f", 0600, false));
		assertMissing(() -> at().delete("f"));
		assertMissing(() -> at().rename("f", at(), "g"));
		assertMissing(() -> at().linkNew("f", at(), "g"));
		assertMissing(() -> at().setMode("f", 0600));
		assertMissing(() -> at().setOwner("f", 0, 0));
		assertMissing(() -> at().userAttributes("f"));
		assertMissing(() -> at().setUserAttribute("f", "a", new byte[1]));
		assertMissing(() -> at().open("f"));
		assertMissing(() -> tested().files().canonical(at().path("f")));
		assertMissing(() -> tested().files().checkAccess(at().path("f"), AccessMode.READ));
		assertThat(names()).isEmpty();
	}

	@Test
	default void aFileHasItsStatus() throws IOException {
		create("f", "four");
		create("g", "");
		FileStat stat = stat("f");
		assertThat(stat.kind()).isEqualTo(Kind.REGULAR);
		assertThat(stat.isRegular()).isTrue();
		assertThat(stat.size()).isEqualTo(4);
		assertThat(stat.links()).isEqualTo(1);
		assertThat(stat.inode()).isNotZero().isNotEqualTo(stat("g").inode());
		assertThat(stat.device()).isEqualTo(stat("g").device());
		assertThat(at().kind("f")).isEqualTo(Kind.REGULAR);
		assertThat(at().exists("f")).isTrue();
		assertThat(at().size("f")).isEqualTo(4);
		assertThat(at().size("g")).isZero();
		assertThatExceptionOfType(NotLinkException.class).isThrownBy(() -> at().readLink("f"));
		assertThatExceptionOfType(NotDirectoryException.class).isThrownBy(() -> at().open("f"));
		assertThat(tested().files().canonical(at().path("f"))).isEqualTo(at().path("f"));
		tested().files().checkAccess(at().path("f"), AccessMode.READ, AccessMode.WRITE);
		assertThat(tested().files().mount(at().path())).isEqualTo(at().mount());
		assertThat(tested().files().space(at().path()).total()).isPositive();
		assertThat(tested().files().isMountPoint(at().path("f"))).isFalse();
	}

	@Test
	default void aDirectoryHasItsStatus() throws IOException {
		at().createDirectory("d");
		assertThat(stat("d").kind()).isEqualTo(Kind.DIRECTORY);
		assertThat(stat("d").inode()).isNotZero().isEqualTo(stat("d").inode());
		assertThat(stat("d").mode() & 0700).isEqualTo(0700);
		assertThat(at().kind("d")).isEqualTo(Kind.DIRECTORY);
		assertThat(at().exists("d")).isTrue();
		assertThat(at().size("d")).isNotNegative();
		assertThatExceptionOfType(NotLinkException.class).isThrownBy(() -> at().readLink("d"));
		assertThatError(() -> read("d"), "Is a directory");
		assertThatError(() -> at().openLockFile("d", 0600, true), "Is a directory");
		assertThatError(() -> at().openLockFile("d", 0600, false), "Is a directory");
		assertThat(tested().files().canonical(at().path("d").resolve("../d/."))).isEqualTo(at().path("d"));
		assertThat(names()).containsExactly("d");
	}

	@Test
	default void aListHasEachNameOnce() throws IOException {
		assertThat(names()).isEmpty();
		List<String> all = new ArrayList<>();
		for (int i = 0; i < 100; i++) {
			create("f" + i, "");
			all.add("f" + i);
		}
		at().createDirectory("d");
		try (Directory inner = at().open("d")) {
			create(inner, "inner", "");
		}
		all.add("d");
		at().openLockFile("f.lock", 0600, true).close();
		all.add("f.lock");
		assertThat(names()).containsExactlyInAnyOrderElementsOf(all);
	}

	@Test
	default void aVisitorEndsTheListing() throws IOException {
		create("f", "");
		create("g", "");
		List<String> seen = new ArrayList<>();
		IOException end = new IOException("enough");
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> at().list((name) -> {
			seen.add(name);
			throw end;
		})).isSameAs(end);
		assertThat(seen).hasSize(1);
	}

	@Test
	default void aDirectoryThatIsGoneTakesNothing() throws IOException {
		create("f", "four");
		at().createDirectory("d");
		try (Directory gone = at().open("d"); DirectoryHandle handle = gone.openSync()) {
			gone.requireUnchanged();
			assertThat(gone.isUnchanged()).isTrue();
			assertThat(gone.stat()).isEqualTo(stat("d"));
			at().delete("d");
			assertThat(gone.isUnchanged()).isFalse();
			assertMissing(gone::stat);
			assertMissing(gone::requireUnchanged);
			assertMissing(() -> gone.createExclusive("g", 0600));
			assertMissing(() -> gone.createDirectory("g"));
			assertMissing(() -> gone.openLockFile("g", 0600, true));
			assertMissing(() -> at().rename("f", gone, "g"));
			assertMissing(() -> at().linkNew("f", gone, "g"));
			assertMissing(() -> gone.list((name) -> {
			}));
			assertMissing(gone::openSync);
			assertThat(gone.stat("g")).isNull();
			handle.sync();
			create("d", "a file");
			assertThatExceptionOfType(NotDirectoryException.class).isThrownBy(gone::requireUnchanged);
			assertThat(gone.isUnchanged()).isFalse();
			at().delete("d");
			at().createDirectory("e");
			at().createDirectory("d");
			FileSystemException other = catchThrowableOfType(FileSystemException.class, gone::requireUnchanged);
			// a filesystem may give the number of the deleted one to the new one
			assertThat(other != null || tested().has(Trait.SPECIAL_FILES)).isTrue();
		}
		assertThat(read("f")).isEqualTo("four");
	}

	@Test
	default void whatIsBelowAFileIsNoDirectory() throws IOException {
		create("f", "four");
		FileOps files = tested().files();
		Path below = at().path("f").resolve("below");
		assertThat(files.exists(below)).isFalse();
		// JDK 25 reports what is below a file as missing, JDK 17 as an error
		try {
			assertThat(files.stat(below)).isNull();
			assertThat(files.kind(below)).isNull();
		}
		catch (IOException ex) {
			assertThat(IoErrors.text(ex)).isEqualTo("Not a directory");
			assertThatError(() -> files.kind(below), "Not a directory");
		}
		assertThatError(() -> files.createExclusive(below, 0600), "Not a directory");
		assertThatError(() -> files.createDirectory(below), "Not a directory");
		assertThatError(() -> files.openRead(below), "Not a directory");
		assertThatError(() -> files.list(at().path("f"), (name) -> {
		}), "Not a directory");
	}

}
