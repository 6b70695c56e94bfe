package io.atomicwrite.test;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessMode;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.atomicwrite.IoErrorKind;
import io.atomicwrite.fs.Directory;
import io.atomicwrite.fs.DirectoryHandle;
import io.atomicwrite.fs.FileHandle;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.FileStat;
import io.atomicwrite.fs.FileStat.Kind;
import io.atomicwrite.fs.IoErrors;
import io.atomicwrite.fs.LockFile;
import io.atomicwrite.test.FileOpsSubject.Trait;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * What the engine may rely on in every implementation of the file operations: the result
 * and the type of error of each call for each kind of thing at the name. What a sync
 * makes durable is in {@link DurabilityContract}.
 */
public abstract class FileOpsContract {

	private static final String LONGEST = "n".repeat(255);

	private static final String TOO_LONG = "n".repeat(256);

	private static final List<Integer> MODES = List.of(0600, 0640, 0666, 0400, 0200);

	FileOpsSubject subject = new FileOpsSubject(FileOps.system(), Path.of("/"), Set.of(), (file) -> true);

	Directory at = none();

	/**
	 * Returns what is held against the contract.
	 * @return the subject, with an empty directory
	 * @throws IOException if it can't be made
	 */
	protected abstract FileOpsSubject subject() throws IOException;

	@BeforeEach
	void openDirectory() throws IOException {
		this.subject = subject();
		this.at = this.subject.files().open(this.subject.directory());
	}

	@AfterEach
	void closeDirectory() throws IOException {
		Thread.interrupted();
		this.at.close();
	}

	static Directory none() {
		try {
			return FileOps.system().open(Path.of("/"));
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	// what is at a name

	@Test
	void nothingIsAtAFreeName() throws IOException {
		assertThat(this.at.stat("f")).isNull();
		assertThat(this.at.kind("f")).isNull();
		assertThat(this.at.exists("f")).isFalse();
		assertMissing(() -> this.at.size("f"));
		assertMissing(() -> this.at.readLink("f"));
		assertMissing(() -> this.at.openRead("f"));
		assertMissing(() -> this.at.openForSync("f"));
		assertMissing(() -> this.at.openLockFile("f", 0600, false));
		assertMissing(() -> this.at.delete("f"));
		assertMissing(() -> this.at.rename("f", this.at, "g"));
		assertMissing(() -> this.at.linkNew("f", this.at, "g"));
		assertMissing(() -> this.at.setMode("f", 0600));
		assertMissing(() -> this.at.setOwner("f", 0, 0));
		assertMissing(() -> this.at.userAttributes("f"));
		assertMissing(() -> this.at.setUserAttribute("f", "a", new byte[1]));
		assertMissing(() -> this.at.open("f"));
		assertMissing(() -> this.subject.files().canonical(this.at.path("f")));
		assertMissing(() -> this.subject.files().checkAccess(this.at.path("f"), AccessMode.READ));
		assertThat(names()).isEmpty();
	}

	@Test
	void aFileHasItsStatus() throws IOException {
		create("f", "four");
		create("g", "");
		FileStat stat = stat("f");
		assertThat(stat.kind()).isEqualTo(Kind.REGULAR);
		assertThat(stat.isRegular()).isTrue();
		assertThat(stat.size()).isEqualTo(4);
		assertThat(stat.links()).isEqualTo(1);
		assertThat(stat.inode()).isNotZero().isNotEqualTo(stat("g").inode());
		assertThat(stat.device()).isEqualTo(stat("g").device());
		assertThat(this.at.kind("f")).isEqualTo(Kind.REGULAR);
		assertThat(this.at.exists("f")).isTrue();
		assertThat(this.at.size("f")).isEqualTo(4);
		assertThat(this.at.size("g")).isZero();
		assertThatExceptionOfType(NotLinkException.class).isThrownBy(() -> this.at.readLink("f"));
		assertThatExceptionOfType(NotDirectoryException.class).isThrownBy(() -> this.at.open("f"));
		assertThat(this.subject.files().canonical(this.at.path("f"))).isEqualTo(this.at.path("f"));
		this.subject.files().checkAccess(this.at.path("f"), AccessMode.READ, AccessMode.WRITE);
		assertThat(this.subject.files().mount(this.at.path())).isEqualTo(this.at.mount());
		assertThat(this.subject.files().space(this.at.path()).total()).isPositive();
		assertThat(this.subject.files().isMountPoint(this.at.path("f"))).isFalse();
	}

	@Test
	void aDirectoryHasItsStatus() throws IOException {
		this.at.createDirectory("d");
		assertThat(stat("d").kind()).isEqualTo(Kind.DIRECTORY);
		assertThat(stat("d").inode()).isNotZero().isEqualTo(stat("d").inode());
		assertThat(stat("d").mode() & 0700).isEqualTo(0700);
		assertThat(this.at.kind("d")).isEqualTo(Kind.DIRECTORY);
		assertThat(this.at.exists("d")).isTrue();
		assertThat(this.at.size("d")).isNotNegative();
		assertThatExceptionOfType(NotLinkException.class).isThrownBy(() -> this.at.readLink("d"));
		assertThatError(() -> read("d"), "Is a directory");
		assertThatError(() -> this.at.openLockFile("d", 0600, true), "Is a directory");
		assertThatError(() -> this.at.openLockFile("d", 0600, false), "Is a directory");
		assertThat(this.subject.files().canonical(this.at.path("d").resolve("../d/."))).isEqualTo(this.at.path("d"));
		assertThat(names()).containsExactly("d");
	}

	// create and write

	@Test
	void aFileIsCreatedEmptyAndWrittenInOrder() throws IOException {
		try (FileHandle file = this.at.createExclusive("f", 0600)) {
			assertThat(this.at.size("f")).isZero();
			write(file, "one ");
			write(file, "");
			write(file, "two");
			file.sync();
			assertThat(read("f")).isEqualTo("one two");
			write(file, " three");
			assertThat(this.at.size("f")).isEqualTo(13);
		}
		assertThat(read("f")).isEqualTo("one two three");
	}

	@Test
	void aLargeContentIsWrittenWhole() throws IOException {
		String large = "0123456789abcdef".repeat(20_000);
		create("f", large);
		assertThat(read("f")).isEqualTo(large);
	}

	@Test
	void nothingIsCreatedWhereSomethingIs() throws IOException {
		create("f", "four");
		this.at.createDirectory("d");
		for (String name : List.of("f", "d")) {
			assertExists(() -> this.at.createExclusive(name, 0600));
			assertExists(() -> this.at.createDirectory(name));
		}
		assertThat(read("f")).isEqualTo("four");
		assertThat(names()).containsExactlyInAnyOrder("f", "d");
	}

	@Test
	void aNewFileHasTheModeLessTheUmask() throws IOException {
		this.at.createExclusive("all", 0777).close();
		int left = stat("all").mode();
		assertThat(left & ~0777).isZero();
		for (int mode : MODES) {
			this.at.createExclusive("f" + mode, mode).close();
			assertThat(stat("f" + mode).mode()).as("0%o", mode).isEqualTo(mode & left);
			this.at.openLockFile("l" + mode, mode, true).close();
			assertThat(stat("l" + mode).mode()).as("lock file, 0%o", mode).isEqualTo(mode & left);
		}
		assertThat(stat("f" + MODES.get(0)).mode()).isEqualTo(0600);
	}

	@Test
	void namesHaveALimit() throws IOException {
		create(LONGEST, "four");
		assertThat(read(LONGEST)).isEqualTo("four");
		assertThat(this.at.exists(TOO_LONG)).isFalse();
		assertTooLong(() -> this.at.createExclusive(TOO_LONG, 0600));
		assertTooLong(() -> this.at.createDirectory(TOO_LONG));
		assertTooLong(() -> this.at.stat(TOO_LONG));
		assertTooLong(() -> this.at.kind(TOO_LONG));
		assertTooLong(() -> this.at.openLockFile(TOO_LONG, 0600, true));
		assertTooLong(() -> this.at.rename(LONGEST, this.at, TOO_LONG));
		assertTooLong(() -> this.at.linkNew(LONGEST, this.at, TOO_LONG));
		assertTooLong(() -> this.at.delete(TOO_LONG));
		assertThat(names()).containsExactly(LONGEST);
	}

	@Test
	void anOpenFileOutlivesItsName() throws IOException {
		try (FileHandle file = this.at.createExclusive("f", 0600)) {
			write(file, "one");
			this.at.rename("f", this.at, "g");
			write(file, " two");
			assertThat(read("g")).isEqualTo("one two");
			this.at.delete("g");
			write(file, " three");
			file.sync();
			assertThat(names()).isEmpty();
			create("f", "another");
			write(file, " four");
		}
		assertThat(read("f")).isEqualTo("another");
	}

	@Test
	void aFileOpenedForSyncIsOnlySynced() throws IOException {
		create("f", "four");
		FileStat before = stat("f");
		try (FileHandle file = this.at.openForSync("f")) {
			file.sync();
			assertThatExceptionOfType(NonWritableChannelException.class).isThrownBy(() -> write(file, "five"));
		}
		assertThat(stat("f")).isEqualTo(before);
		assertThat(read("f")).isEqualTo("four");
	}

	@Test
	void aReaderKeepsTheFileThatItOpened() throws IOException {
		create("f", "old");
		create("g", "newer");
		try (InputStream old = this.at.openRead("f")) {
			this.at.rename("g", this.at, "f");
			assertThat(new String(old.readAllBytes(), StandardCharsets.ISO_8859_1)).isEqualTo("old");
		}
		try (InputStream deleted = this.at.openRead("f")) {
			this.at.delete("f");
			assertThat(new String(deleted.readAllBytes(), StandardCharsets.ISO_8859_1)).isEqualTo("newer");
		}
	}

	// rename

	@Test
	void aRenameMovesTheFileItself() throws IOException {
		create("f", "four");
		FileStat before = stat("f");
		this.at.rename("f", this.at, "g");
		assertThat(stat("g").inode()).isEqualTo(before.inode());
		assertThat(stat("g").changed()).isAfterOrEqualTo(before.changed());
		assertThat(stat("g").modified()).isEqualTo(before.modified());
		assertThat(names()).containsExactly("g");
		assertThat(read("g")).isEqualTo("four");
	}

	@Test
	void aRenameReplacesAFile() throws IOException {
		create("f", "new");
		create("g", "old");
		long inode = stat("f").inode();
		this.at.rename("f", this.at, "g");
		assertThat(stat("g").inode()).isEqualTo(inode);
		assertThat(read("g")).isEqualTo("new");
		assertThat(names()).containsExactly("g");
	}

	@Test
	void aRenameOfAFileToItselfDoesNothing() throws IOException {
		create("f", "four");
		FileStat before = stat("f");
		this.at.rename("f", this.at, "f");
		assertThat(stat("f").inode()).isEqualTo(before.inode());
		assertThat(read("f")).isEqualTo("four");
		assertThat(names()).containsExactly("f");
	}

	@Test
	void aRenameBetweenTwoNamesOfOneFileLeavesBoth() throws IOException {
		create("f", "four");
		this.at.linkNew("f", this.at, "g");
		this.at.rename("f", this.at, "g");
		assertThat(names()).containsExactlyInAnyOrder("f", "g");
		assertThat(stat("g").links()).isEqualTo(2);
	}

	@Test
	void aRenameOverOneOfTwoNamesLeavesTheOther() throws IOException {
		create("f", "old");
		this.at.linkNew("f", this.at, "g");
		create("new", "new");
		this.at.rename("new", this.at, "g");
		assertThat(read("f")).isEqualTo("old");
		assertThat(read("g")).isEqualTo("new");
		assertThat(stat("f").links()).isEqualTo(1);
	}

	@Test
	void aRenameOverADirectoryFails() throws IOException {
		create("f", "four");
		this.at.createDirectory("empty");
		this.at.createDirectory("full");
		try (Directory full = this.at.open("full")) {
			create(full, "inner", "inner");
		}
		for (String directory : List.of("empty", "full")) {
			assertThatError(() -> this.at.rename("f", this.at, directory), "Is a directory");
		}
		assertThat(read("f")).isEqualTo("four");
		assertThat(names()).containsExactlyInAnyOrder("f", "empty", "full");
	}

	@Test
	void aRenameGoesFromDirectoryToDirectory() throws IOException {
		create("f", "four");
		this.at.createDirectory("d");
		try (Directory inner = this.at.open("d")) {
			this.at.rename("f", inner, "g");
			assertThat(names(inner)).containsExactly("g");
			assertThat(names()).containsExactly("d");
			inner.rename("g", this.at, "h");
			assertThat(names(inner)).isEmpty();
		}
		assertThat(read("h")).isEqualTo("four");
	}

	// link and delete

	@Test
	void aLinkIsASecondNameOfTheFile() throws IOException {
		create("f", "four");
		this.at.createDirectory("d");
		try (Directory inner = this.at.open("d")) {
			this.at.linkNew("f", inner, "g");
			assertThat(Objects.requireNonNull(inner.stat("g")).inode()).isEqualTo(stat("f").inode());
		}
		assertThat(stat("f").links()).isEqualTo(2);
		this.at.delete("f");
		try (Directory inner = this.at.open("d")) {
			assertThat(Objects.requireNonNull(inner.stat("g")).links()).isEqualTo(1);
			assertThat(read(inner, "g")).isEqualTo("four");
		}
	}

	@Test
	void aLinkNeverReplaces() throws IOException {
		create("f", "four");
		create("g", "other");
		this.at.createDirectory("d");
		for (String taken : List.of("g", "d", "f")) {
			assertExists(() -> this.at.linkNew("f", this.at, taken));
		}
		assertThat(read("g")).isEqualTo("other");
		assertThat(stat("f").links()).isEqualTo(1);
		assertThatExceptionOfType(FileSystemException.class).isThrownBy(() -> this.at.linkNew("d", this.at, "e"))
			.isNotInstanceOf(NoSuchFileException.class);
		assertThat(names()).containsExactlyInAnyOrder("f", "g", "d");
	}

	@Test
	void aDeletionTakesOneName() throws IOException {
		create("f", "four");
		this.at.createDirectory("empty");
		this.at.delete("f");
		this.at.delete("empty");
		assertThat(names()).isEmpty();
		assertThat(this.at.exists("empty")).isFalse();
		assertMissing(() -> this.at.delete("f"));
	}

	@Test
	void aDeletionMayLeaveItsReasonOut() throws IOException {
		create("f", "four");
		this.at.createDirectory("d");
		try (Directory inner = this.at.open("d")) {
			create(inner, "g", "five");
		}
		assertThat(this.at.tryDelete("f")).isTrue();
		assertThat(names()).containsExactly("d");
		for (String name : List.of("f", "d")) {
			try {
				assertThat(this.at.tryDelete(name)).isFalse();
			}
			catch (NoSuchFileException | DirectoryNotEmptyException ex) {
				// which is more than was asked for
			}
		}
		assertThat(names()).containsExactly("d");
	}

	@Test
	void aDirectoryThatIsNotEmptyIsNotDeleted() throws IOException {
		this.at.createDirectory("d");
		try (Directory inner = this.at.open("d")) {
			create(inner, "f", "four");
			assertThatExceptionOfType(DirectoryNotEmptyException.class).isThrownBy(() -> this.at.delete("d"));
			inner.delete("f");
			inner.createDirectory("e");
			assertThatExceptionOfType(DirectoryNotEmptyException.class).isThrownBy(() -> this.at.delete("d"));
			inner.delete("e");
		}
		this.at.delete("d");
		assertThat(names()).isEmpty();
	}

	// directories

	@Test
	void aListHasEachNameOnce() throws IOException {
		assertThat(names()).isEmpty();
		List<String> all = new ArrayList<>();
		for (int i = 0; i < 100; i++) {
			create("f" + i, "");
			all.add("f" + i);
		}
		this.at.createDirectory("d");
		try (Directory inner = this.at.open("d")) {
			create(inner, "inner", "");
		}
		all.add("d");
		this.at.openLockFile("f.lock", 0600, true).close();
		all.add("f.lock");
		assertThat(names()).containsExactlyInAnyOrderElementsOf(all);
	}

	@Test
	void aVisitorEndsTheListing() throws IOException {
		create("f", "");
		create("g", "");
		List<String> seen = new ArrayList<>();
		IOException end = new IOException("enough");
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> this.at.list((name) -> {
			seen.add(name);
			throw end;
		})).isSameAs(end);
		assertThat(seen).hasSize(1);
	}

	@Test
	void aDirectoryThatIsGoneTakesNothing() throws IOException {
		create("f", "four");
		this.at.createDirectory("d");
		try (Directory gone = this.at.open("d"); DirectoryHandle handle = gone.openSync()) {
			gone.requireUnchanged();
			this.at.delete("d");
			assertMissing(gone::requireUnchanged);
			assertMissing(() -> gone.createExclusive("g", 0600));
			assertMissing(() -> gone.createDirectory("g"));
			assertMissing(() -> gone.openLockFile("g", 0600, true));
			assertMissing(() -> this.at.rename("f", gone, "g"));
			assertMissing(() -> this.at.linkNew("f", gone, "g"));
			assertMissing(() -> gone.list((name) -> {
			}));
			assertMissing(gone::openSync);
			assertThat(gone.stat("g")).isNull();
			handle.sync();
			create("d", "a file");
			assertThatExceptionOfType(NotDirectoryException.class).isThrownBy(gone::requireUnchanged);
			this.at.delete("d");
			this.at.createDirectory("e");
			this.at.createDirectory("d");
			FileSystemException other = catchThrowableOfType(FileSystemException.class, gone::requireUnchanged);
			// a filesystem may give the number of the deleted one to the new one
			assertThat(other != null || this.subject.has(Trait.SPECIAL_FILES)).isTrue();
		}
		assertThat(read("f")).isEqualTo("four");
	}

	@Test
	void whatIsBelowAFileIsNoDirectory() throws IOException {
		create("f", "four");
		FileOps files = this.subject.files();
		Path below = this.at.path("f").resolve("below");
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
		assertThatError(() -> files.list(this.at.path("f"), (name) -> {
		}), "Not a directory");
	}

	// metadata

	@Test
	void aModeIsSetWhole() throws IOException {
		create("f", "four");
		this.at.createDirectory("d");
		for (int mode : List.of(0, 0400, 0644, 0777, 04711, 06711, 01777)) {
			this.at.setMode("f", mode);
			assertThat(stat("f").mode()).as("0%o", mode).isEqualTo(mode);
		}
		this.at.setMode("d", 01750);
		assertThat(stat("d").mode()).isEqualTo(01750);
	}

	@Test
	void anOwnerIsSetWithItsGroup() throws IOException {
		create("f", "four");
		FileStat own = stat("f");
		this.at.setOwner("f", own.uid(), own.gid());
		assertThat(stat("f").uid()).isEqualTo(own.uid());
		if (!this.subject.has(Trait.ROOT)) {
			assertThatExceptionOfType(IOException.class).isThrownBy(() -> this.at.setOwner("f", 1234, 2345));
			return;
		}
		this.at.setMode("f", 06755);
		this.at.setOwner("f", 1234, 2345);
		assertThat(stat("f").uid()).isEqualTo(1234);
		assertThat(stat("f").gid()).isEqualTo(2345);
		assertThat(stat("f").mode()).isEqualTo(0755);
		this.at.setOwner("f", 1234, 3456);
		assertThat(stat("f").gid()).isEqualTo(3456);
	}

	@Test
	void everyChangeMovesTheTimeOfChange() throws Exception {
		create("f", "four");
		assertChanges("another name", Trait.HARD_LINKS, () -> this.at.linkNew("f", this.at, "second"));
		assertChanges("a name less", Trait.HARD_LINKS, () -> this.at.delete("second"));
		assertChanges("mode", Trait.POSIX_METADATA, () -> this.at.setMode("f", 0640));
		assertChanges("attribute", Trait.USER_ATTRIBUTES, () -> this.at.setUserAttribute("f", "a", new byte[1]));
		FileStat before = stat("f");
		pause();
		this.at.rename("f", this.at, "g");
		this.at.rename("g", this.at, "f");
		assertThat(stat("f").changed()).as("rename").isAfter(before.changed());
		assertThat(stat("f").modified()).as("modified").isEqualTo(before.modified());
		try (FileHandle file = this.at.createExclusive("w", 0600)) {
			FileStat empty = stat("w");
			pause();
			write(file, "more");
			assertThat(stat("w").modified()).as("write").isAfter(empty.modified());
		}
	}

	void assertChanges(String what, Trait trait, IoAction change) throws Exception {
		if (this.subject.has(trait)) {
			FileStat before = stat("f");
			pause();
			change.run();
			assertThat(stat("f").changed()).as(what).isAfter(before.changed());
			assertThat(stat("f").inode()).isEqualTo(before.inode());
		}
	}

	/** The kernel's clock for files moves with its ticks, of 10 ms at the most. */
	static void pause() throws InterruptedException {
		Thread.sleep(20);
	}

	@Test
	void attributesBelongToTheFile() throws IOException {
		create("f", "four");
		assertThat(this.at.userAttributes("f")).isEmpty();
		if (!this.subject.has(Trait.USER_ATTRIBUTES)) {
			assertThatExceptionOfType(FileSystemException.class)
				.isThrownBy(() -> this.at.setUserAttribute("f", "a", new byte[1]));
			return;
		}
		byte[] all = new byte[256];
		for (int i = 0; i < all.length; i++) {
			all[i] = (byte) i;
		}
		this.at.setUserAttribute("f", "a", new byte[] { 1 });
		this.at.setUserAttribute("f", "a", all);
		this.at.setUserAttribute("f", "empty", new byte[0]);
		this.at.rename("f", this.at, "g");
		Map<String, byte[]> kept = this.at.userAttributes("g");
		assertThat(kept).containsOnlyKeys("a", "empty");
		assertThat(kept.get("a")).isEqualTo(all);
		assertThat(kept.get("empty")).isEmpty();
		assertThat(read("g")).isEqualTo("four");
	}

	// locks

	@Test
	void aLockFileIsCreatedOrOpened() throws IOException {
		try (LockFile lock = this.at.openLockFile("l", 0600, true)) {
			assertThat(this.at.kind("l")).isEqualTo(Kind.REGULAR);
			assertThat(lock.tryLock()).isTrue();
			assertThat(lock.size()).isZero();
			assertThat(lock.read(10)).isEmpty();
			for (long size : new long[] { 5, 900, 3, 2047 }) {
				lock.resize(size);
				assertThat(this.at.size("l")).isEqualTo(size);
				assertThat(stat("l").size()).isEqualTo(size);
				assertThat(lock.size()).isEqualTo(size);
				assertThat(lock.read(64)).isEqualTo(new byte[(int) Math.min(64, size)]);
			}
		}
		assertThat(this.at.size("l")).isEqualTo(2047);
		try (LockFile lock = this.at.openLockFile("l", 0600, false)) {
			assertThat(lock.tryLock()).isTrue();
			assertThat(lock.size()).isEqualTo(2047);
		}
		assertExists(() -> this.at.createExclusive("l", 0600));
	}

	@Test
	void aLockFileThatHoldsDataShowsIt() throws IOException {
		create("l", "data");
		try (LockFile lock = this.at.openLockFile("l", 0600, true)) {
			assertThat(lock.tryLock()).isTrue();
			assertThat(lock.size()).isEqualTo(4);
			assertThat(new String(lock.read(64), StandardCharsets.ISO_8859_1)).isEqualTo("data");
			assertThat(new String(lock.read(2), StandardCharsets.ISO_8859_1)).isEqualTo("da");
		}
		assertThat(read("l")).isEqualTo("data");
	}

	@Test
	void aLockLastsUntilItsFileIsClosed() throws IOException {
		try (LockFile lock = this.at.openLockFile("l", 0600, true)) {
			assertThat(isFree("l")).isTrue();
			assertThat(lock.tryLock()).isTrue();
			assertThat(isFree("l")).isFalse();
			lock.resize(7);
			assertThat(isFree("l")).isFalse();
			long holder = this.subject.files().lockHolder(stat("l")).orElse(-1);
			assertThat(holder).isEqualTo(this.subject.has(Trait.LOCK_HOLDERS) ? ProcessHandle.current().pid() : -1);
		}
		assertThat(isFree("l")).isTrue();
		assertThat(this.subject.files().lockHolder(stat("l"))).isEmpty();
	}

	@Test
	void aLockIsOneOfTheFileAndNotOfItsName() throws IOException {
		try (LockFile lock = this.at.openLockFile("l", 0600, true)) {
			assertThat(lock.tryLock()).isTrue();
			lock.resize(7);
			this.at.rename("l", this.at, "moved");
			assertThat(isFree("moved")).isFalse();
			assertThat(this.at.size("moved")).isEqualTo(7);
			assertThat(this.at.exists("l")).isFalse();
			try (LockFile other = this.at.openLockFile("l", 0600, true)) {
				assertThat(other.size()).isZero();
				assertThat(other.tryLock()).isTrue();
			}
			this.at.delete("moved");
			lock.resize(9);
			assertThat(lock.size()).isEqualTo(9);
			assertThat(this.at.size("l")).isZero();
			assertThat(isFree("l")).isTrue();
		}
		assertThat(names()).containsExactly("l");
	}

	@Test
	void aStagingFileShowsThatItsWriterLives() throws IOException {
		try (FileHandle file = this.at.createExclusive("f", 0600)) {
			assertThat(isFree("f")).isTrue();
			assertThat(file.tryLock()).isTrue();
			write(file, "four");
			assertThat(isFree("f")).isFalse();
			this.at.rename("f", this.at, "g");
			assertThat(isFree("g")).isFalse();
		}
		assertThat(isFree("g")).isTrue();
	}

	@Test
	void aLockOfThisProcessIsNotFreeForItself() throws IOException {
		try (FileHandle first = this.at.createExclusive("f", 0600)) {
			assertThat(first.tryLock()).isTrue();
			try (FileHandle second = this.at.openForSync("f")) {
				assertThat(second.tryLock()).isFalse();
			}
			if (this.subject.has(Trait.LOCKS_OF_THE_PROCESS)) {
				assertThat(isFree("f")).isTrue();
			}
			else {
				assertThat(isFree("f")).isFalse();
			}
		}
		try (FileHandle again = this.at.openForSync("f")) {
			assertThat(again.tryLock()).isTrue();
			assertThat(isFree("f")).isFalse();
		}
	}

	// interrupts

	@Test
	void noCallIsEndedByAnInterruptNorTakesItsFlag() throws IOException {
		Thread.currentThread().interrupt();
		try (FileHandle file = this.at.createExclusive("f", 0600)) {
			write(file, "four");
			file.sync();
			file.tryLock();
			assertFlag();
		}
		try (FileHandle file = this.at.openForSync("f"); DirectoryHandle directory = this.at.openSync()) {
			file.sync();
			directory.sync();
			assertFlag();
		}
		try (LockFile lock = this.at.openLockFile("l", 0600, true)) {
			assertThat(lock.tryLock()).isTrue();
			lock.resize(lock.size() + 5);
			assertThat(lock.read(3)).hasSize(3);
			assertFlag();
		}
		this.at.createDirectory("d");
		this.at.rename("f", this.at, "g");
		assertThat(read("g")).isEqualTo("four");
		assertThat(stat("g").size()).isEqualTo(4);
		assertThat(names()).containsExactlyInAnyOrder("d", "g", "l");
		if (this.subject.has(Trait.HARD_LINKS)) {
			this.at.linkNew("g", this.at, "h");
			this.at.delete("h");
		}
		this.at.setMode("g", 0600);
		this.at.userAttributes("g");
		assertMissing(() -> this.at.delete("none"));
		assertFlag();
	}

	static void assertFlag() {
		assertThat(Thread.currentThread().isInterrupted()).as("the flag is kept").isTrue();
	}

	// words of the contract

	boolean isFree(String name) throws IOException {
		return this.subject.lockLook().isFree(this.at.path(name));
	}

	FileStat stat(String name) throws IOException {
		return Objects.requireNonNull(this.at.stat(name), name);
	}

	void link(String name, String target) throws IOException {
		Files.createSymbolicLink(this.at.path(name), Path.of(target));
	}

	void create(String name, String content) throws IOException {
		create(this.at, name, content);
	}

	static void create(Directory directory, String name, String content) throws IOException {
		try (FileHandle file = directory.createExclusive(name, 0644)) {
			write(file, content);
		}
	}

	static void write(FileHandle file, String content) throws IOException {
		file.write(ByteBuffer.wrap(content.getBytes(StandardCharsets.ISO_8859_1)));
	}

	String read(String name) throws IOException {
		return read(this.at, name);
	}

	static String read(Directory directory, String name) throws IOException {
		try (InputStream in = directory.openRead(name)) {
			return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
		}
	}

	List<String> names() throws IOException {
		return names(this.at);
	}

	static List<String> names(Directory directory) throws IOException {
		List<String> names = new ArrayList<>();
		directory.list(names::add);
		return names;
	}

	static void assertMissing(ThrowingCallable call) {
		assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(call);
	}

	static void assertExists(ThrowingCallable call) {
		assertThatExceptionOfType(FileAlreadyExistsException.class).isThrownBy(call);
	}

	static void assertTooLong(ThrowingCallable call) {
		assertThatExceptionOfType(FileSystemException.class).isThrownBy(call)
			.satisfies((ex) -> assertThat(IoErrors.classify(ex)).isEqualTo(IoErrorKind.NAME_TOO_LONG));
	}

	static void assertLoop(ThrowingCallable call) {
		assertThatExceptionOfType(IOException.class).isThrownBy(call)
			.satisfies((ex) -> assertThat(IoErrors.classify(ex)).isEqualTo(IoErrorKind.LINK_LOOP));
	}

	static void assertThatError(ThrowingCallable call, String text) {
		assertThatExceptionOfType(IOException.class).isThrownBy(call)
			.satisfies((ex) -> assertThat(IoErrors.text(ex)).isEqualTo(text));
	}

	private interface IoAction {

		void run() throws IOException;

	}

}
