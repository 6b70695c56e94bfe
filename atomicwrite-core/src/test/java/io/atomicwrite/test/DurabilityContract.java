package io.atomicwrite.test;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

import io.atomicwrite.fs.Directory;
import io.atomicwrite.fs.DirectoryHandle;
import io.atomicwrite.fs.FileHandle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a crash leaves of changes, by what was synced: that which must be on every disk,
 * and that which some disk must lack, as a model that keeps more than a filesystem does
 * would hide mistakes.
 */
public abstract class DurabilityContract {

	/** In blocks of a real disk, so that it may be torn. */
	private static final String LONG = "0123456789abcdef".repeat(4096);

	/**
	 * Runs changes on a fresh disk and cuts the power right after them.
	 * @param before is done first, and is on the disk for good
	 * @param changes what is cut off
	 * @return the disks that may be found: all, or one of them if it is a real one
	 * @throws IOException if a change fails
	 */
	protected abstract Collection<FoundDisk> crash(Changes before, Changes changes) throws IOException;

	/**
	 * Returns what this kind of filesystem makes durable beyond what POSIX asks.
	 * @return the traits
	 */
	protected abstract Set<Trait> traits();

	/**
	 * Returns how often a loss is looked for: once where all disks are looked at.
	 * @return the number
	 */
	protected abstract int attempts();

	// what is synced stays

	@Test
	void aFileIsThereOnceItAndItsDirectoryWereSynced() throws IOException {
		always(DurabilityContract::nothing, (at) -> {
			create(at, "f", "new");
			sync(at);
		}, (disk) -> "new".equals(disk.text("f")));
	}

	@Test
	void aRenameIsThereOnceTheDirectoryWasSynced() throws IOException {
		always(DurabilityContract::old, (at) -> {
			replace(at);
			sync(at);
		}, (disk) -> "new".equals(disk.text("f")) && disk.text("t") == null);
	}

	@Test
	void aLinkAndADeletionAreThereOnceTheDirectoryWasSynced() throws IOException {
		always(DurabilityContract::old, (at) -> {
			at.linkNew("f", at, "g");
			at.delete("f");
			sync(at);
		}, (disk) -> "old".equals(disk.text("g")) && disk.text("f") == null);
	}

	@Test
	void aSymbolicLinkLeadsElsewhereOnceTheDirectoryWasSynced() throws IOException {
		always((at) -> at.createSymbolicLink("l", Path.of("old")), (at) -> {
			relink(at);
			sync(at);
		}, (disk) -> "new".equals(disk.link("l")) && disk.link("t") == null);
	}

	@Test
	void aSymbolicLinkIsOldOrNewAtAnyTime() throws IOException {
		always((at) -> at.createSymbolicLink("l", Path.of("old")), DurabilityContract::relink,
				(disk) -> List.of("old", "new").contains(String.valueOf(disk.link("l")))
						&& (disk.link("t") == null || "new".equals(disk.link("t"))));
	}

	@Test
	void aDirectoryAndWhatIsInItAreThereOnceBothWereSynced() throws IOException {
		always(DurabilityContract::nothing, (at) -> {
			at.createDirectory("d");
			sync(at);
			try (Directory inner = at.open("d")) {
				create(inner, "f", "new");
				sync(inner);
			}
		}, (disk) -> "new".equals(disk.text("d/f")));
	}

	@Test
	void aMoveIsWholeOnceBothDirectoriesWereSynced() throws IOException {
		always((at) -> {
			create(at, "f", "old");
			at.createDirectory("d");
		}, (at) -> {
			try (Directory inner = at.open("d")) {
				at.rename("f", inner, "g");
				sync(inner);
			}
			sync(at);
		}, (disk) -> "old".equals(disk.text("d/g")) && disk.text("f") == null);
	}

	@Test
	void whatWasWrittenBeforeTheSyncIsThere() throws IOException {
		always(DurabilityContract::nothing, DurabilityContract::syncBetweenTwoWrites,
				(disk) -> String.valueOf(disk.text("f")).startsWith("first"));
	}

	@Test
	void aFileOpenedForSyncSyncsWhatOthersWrote() throws IOException {
		always(DurabilityContract::nothing, (at) -> {
			try (FileHandle file = at.createExclusive("f", 0600)) {
				write(file, "new");
			}
			try (FileHandle file = at.openForSync("f")) {
				file.sync();
			}
			sync(at);
		}, (disk) -> "new".equals(disk.text("f")));
	}

	@Test
	void anAttributeIsThereOnceItsFileWasSynced() throws IOException {
		always(DurabilityContract::old, (at) -> {
			at.setUserAttribute("f", "a", new byte[] { 'v' });
			try (FileHandle file = at.openForSync("f")) {
				file.sync();
			}
		}, (disk) -> "v".equals(disk.attribute("f", "a")));
	}

	@Test
	void whatIsNotTouchedStays() throws IOException {
		always((at) -> {
			create(at, "kept", "kept");
			create(at, "f", "old");
		}, (at) -> {
			unsynced(at, "t", LONG);
			at.rename("t", at, "f");
			at.linkNew("kept", at, "second");
		}, (disk) -> "kept".equals(disk.text("kept"))
				&& (disk.text("second") == null || "kept".equals(disk.text("second"))));
	}

	@Test
	void aRenameIsOldOrNewAtAnyTime() throws IOException {
		always(DurabilityContract::old, DurabilityContract::replace,
				(disk) -> List.of("old", "new").contains(String.valueOf(disk.text("f"))));
	}

	// what is not synced may be lost

	@Test
	void aRenameMayBeLost() throws IOException {
		possible(DurabilityContract::old, DurabilityContract::replace, (disk) -> "old".equals(disk.text("f")));
	}

	@Test
	void aLinkMayBeLost() throws IOException {
		possible(DurabilityContract::old, (at) -> at.linkNew("f", at, "g"),
				(disk) -> disk.text("g") == null && "old".equals(disk.text("f")));
	}

	@Test
	void aSymbolicLinkMayBeLost() throws IOException {
		possible(DurabilityContract::nothing, (at) -> at.createSymbolicLink("l", Path.of("new")),
				(disk) -> disk.link("l") == null);
	}

	@Test
	void aDeletionMayBeLost() throws IOException {
		possible(DurabilityContract::old, (at) -> at.delete("f"), (disk) -> "old".equals(disk.text("f")));
	}

	@Test
	void aDirectoryMayBeLost() throws IOException {
		possible(DurabilityContract::nothing, (at) -> at.createDirectory("d"), (disk) -> !disk.isDirectory("d"));
	}

	@Test
	void anAttributeMayBeLost() throws IOException {
		possible(DurabilityContract::old, (at) -> at.setUserAttribute("f", "a", new byte[] { 'v' }),
				(disk) -> disk.attribute("f", "a") == null);
	}

	@Test
	void contentMayBeTornWhereOnlyItsDirectoryWasSynced() throws IOException {
		possible(DurabilityContract::nothing, (at) -> {
			unsynced(at, "f", LONG);
			sync(at);
		}, (disk) -> disk.text("f") != null && !LONG.equals(disk.text("f")));
	}

	@Test
	void whatIsWrittenAfterASyncMayBeLost() throws IOException {
		possible(DurabilityContract::nothing, DurabilityContract::syncBetweenTwoWrites,
				(disk) -> "first".equals(disk.text("f")));
	}

	// where filesystems differ

	@Test
	void theSyncOfAFileCoversItsName() throws IOException {
		dependsOn(Trait.FILE_SYNC_COVERS_NEW_NAME, DurabilityContract::nothing, (at) -> create(at, "f", "new"),
				(disk) -> "new".equals(disk.text("f")));
	}

	@Test
	void theSyncOfADirectoryCoversAnother() throws IOException {
		dependsOn(Trait.ANY_SYNC_COVERS_ALL_BEFORE, (at) -> {
			at.createDirectory("a");
			at.createDirectory("b");
			create(at, "x", "x");
			create(at, "y", "y");
		}, (at) -> {
			try (Directory a = at.open("a"); Directory b = at.open("b")) {
				at.linkNew("x", a, "x");
				at.linkNew("y", b, "y");
				sync(b);
			}
		}, (disk) -> "x".equals(disk.text("a/x")));
	}

	@Test
	void theSyncOfAFileCoversTheRenameOfAnother() throws IOException {
		dependsOn(Trait.ANY_SYNC_COVERS_ALL_BEFORE, (at) -> {
			create(at, "f", "old");
			create(at, "t", "new");
			create(at, "other", "other");
		}, (at) -> {
			at.rename("t", at, "f");
			try (FileHandle other = at.openForSync("other")) {
				at.setUserAttribute("other", "a", new byte[1]);
				other.sync();
			}
		}, (disk) -> "new".equals(disk.text("f")));
	}

	@Test
	void changesReachTheDiskInTheirOrder() throws IOException {
		dependsOn(Trait.ANY_SYNC_COVERS_ALL_BEFORE, (at) -> {
			create(at, "f", "old");
			create(at, "g", "old");
			create(at, "first", "new");
			create(at, "second", "new");
		}, (at) -> {
			at.rename("first", at, "f");
			at.rename("second", at, "g");
		}, (disk) -> "new".equals(disk.text("f")) || "old".equals(disk.text("g")));
	}

	@Test
	void contentThatWasWrittenOutIsThereOnceItsNameIs() throws IOException {
		dependsOn(Trait.ANY_SYNC_COVERS_ALL_BEFORE, DurabilityContract::old, (at) -> {
			writtenOut(at, "t");
			at.rename("t", at, "f");
			sync(at);
		}, (disk) -> LONG.equals(disk.text("f")));
	}

	@Test
	void contentThatWasWrittenOutIsWholeUnderItsNameAtAnyTime() throws IOException {
		dependsOn(Trait.ANY_SYNC_COVERS_ALL_BEFORE, DurabilityContract::old, (at) -> {
			writtenOut(at, "t");
			at.rename("t", at, "f");
		}, (disk) -> List.of("old", LONG).contains(String.valueOf(disk.text("f"))));
	}

	@Test
	void aMoveIsNeverAtBothNamesNorAtNone() throws IOException {
		dependsOn(Trait.MOVES_ARE_ATOMIC, (at) -> {
			create(at, "f", "old");
			at.createDirectory("d");
		}, (at) -> {
			try (Directory inner = at.open("d")) {
				at.rename("f", inner, "f");
				sync(inner);
			}
		}, (disk) -> (disk.text("f") == null) != (disk.text("d/f") == null));
	}

	private void dependsOn(Trait trait, Changes before, Changes changes, Predicate<FoundDisk> kept) throws IOException {
		if (traits().contains(trait)) {
			always(before, changes, kept);
		}
		else if (traits().contains(Trait.EVERY_LEGAL_DISK_IS_FOUND)) {
			possible(before, changes, kept.negate());
		}
	}

	private void always(Changes before, Changes changes, Predicate<FoundDisk> kept) throws IOException {
		Collection<FoundDisk> disks = crash(before, changes);
		assertThat(disks).isNotEmpty().allMatch(kept);
	}

	private void possible(Changes before, Changes changes, Predicate<FoundDisk> lost) throws IOException {
		for (int i = 0; i < attempts(); i++) {
			if (crash(before, changes).stream().anyMatch(lost)) {
				return;
			}
		}
		throw new AssertionError("no disk lacks what nothing has made durable");
	}

	private static void nothing(Directory at) {
	}

	private static void old(Directory at) throws IOException {
		create(at, "f", "old");
	}

	private static void replace(Directory at) throws IOException {
		create(at, "t", "new");
		at.rename("t", at, "f");
	}

	private static void relink(Directory at) throws IOException {
		at.createSymbolicLink("t", Path.of("new"));
		at.rename("t", at, "l");
	}

	private static void syncBetweenTwoWrites(Directory at) throws IOException {
		try (FileHandle file = at.createExclusive("f", 0600)) {
			write(file, "first");
			file.sync();
			sync(at);
			write(file, " second");
		}
	}

	private static void create(Directory at, String name, String content) throws IOException {
		try (FileHandle file = at.createExclusive(name, 0600)) {
			write(file, content);
			file.sync();
		}
	}

	private static void unsynced(Directory at, String name, String content) throws IOException {
		try (FileHandle file = at.createExclusive(name, 0600)) {
			write(file, content);
		}
	}

	private static void writtenOut(Directory at, String name) throws IOException {
		try (FileHandle file = at.createExclusive(name, 0600)) {
			write(file, LONG);
			file.writeOut();
		}
	}

	private static void sync(Directory at) throws IOException {
		try (DirectoryHandle handle = at.openSync()) {
			handle.sync();
		}
	}

	private static void write(FileHandle file, String content) throws IOException {
		file.write(ByteBuffer.wrap(content.getBytes(StandardCharsets.ISO_8859_1)));
	}

	/**
	 * What kinds of filesystems add to POSIX.
	 */
	public enum Trait {

		/** The sync of a new file makes its name durable as well. */
		FILE_SYNC_COVERS_NEW_NAME,

		/**
		 * One journal: any sync takes along all changes of names before it, and they
		 * reach the disk in their order, after the content that was written out before.
		 */
		ANY_SYNC_COVERS_ALL_BEFORE,

		/** A file that is moved is at one of its names at any time. */
		MOVES_ARE_ATOMIC,

		/** Not one disk is looked at but all that are legal. */
		EVERY_LEGAL_DISK_IS_FOUND

	}

	/**
	 * Changes in a directory.
	 */
	@FunctionalInterface
	public interface Changes {

		/**
		 * Makes the changes.
		 * @param at the directory
		 * @throws IOException if one fails
		 */
		void in(Directory at) throws IOException;

	}

	/**
	 * A disk after a crash, by paths relative to the directory.
	 */
	public interface FoundDisk {

		/**
		 * Returns what is in a file.
		 * @param file its path
		 * @return the bytes in ISO 8859-1, or {@code null} if there is none
		 */
		@Nullable String text(String file);

		/**
		 * Returns where a symbolic link leads to.
		 * @param link its path
		 * @return its content, or {@code null} if there is none
		 */
		@Nullable String link(String link);

		/**
		 * Returns a user attribute.
		 * @param file the path of the file
		 * @param name the name
		 * @return the bytes in ISO 8859-1, or {@code null} if there is none
		 */
		@Nullable String attribute(String file, String name);

		/**
		 * Returns whether there is a directory.
		 * @param directory its path
		 * @return whether there is
		 */
		boolean isDirectory(String directory);

	}

}
