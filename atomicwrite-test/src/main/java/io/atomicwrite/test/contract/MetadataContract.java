package io.atomicwrite.test.contract;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.atomicwrite.fs.FileHandle;
import io.atomicwrite.fs.FileStat;
import io.atomicwrite.fs.FileTrait;
import io.atomicwrite.fs.FileTraits;
import io.atomicwrite.test.contract.FileOpsSubject.Trait;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Modes, owners, times and attributes.
 */
interface MetadataContract extends FileOpsWords {

	/** Calls in a row, as a clock with ticks shows with some of them only. */
	int MANY = 200;

	@Test
	default void aModeIsSetWhole() throws IOException {
		create("f", "four");
		at().createDirectory("d");
		for (int mode : List.of(0, 0400, 0644, 0777, 04711, 06711, 01777)) {
			at().setMode("f", mode);
			assertThat(stat("f").mode()).as("0%o", mode).isEqualTo(mode);
		}
		at().setMode("d", 01750);
		assertThat(stat("d").mode()).isEqualTo(01750);
	}

	@Test
	default void anOwnerIsSetWithItsGroup() throws IOException {
		create("f", "four");
		FileStat own = stat("f");
		at().setOwner("f", own.uid(), own.gid());
		assertThat(stat("f").uid()).isEqualTo(own.uid());
		if (!tested().has(Trait.ROOT)) {
			assertThatExceptionOfType(IOException.class).isThrownBy(() -> at().setOwner("f", 1234, 2345));
			return;
		}
		at().setMode("f", 06755);
		at().setOwner("f", 1234, 2345);
		assertThat(stat("f").uid()).isEqualTo(1234);
		assertThat(stat("f").gid()).isEqualTo(2345);
		assertThat(stat("f").mode()).isEqualTo(0755);
		at().setOwner("f", 1234, 3456);
		assertThat(stat("f").gid()).isEqualTo(3456);
		at().setOwner("f", -1, 4567);
		at().setOwner("f", 2345, -1);
		assertThat(stat("f").uid()).isEqualTo(2345);
		assertThat(stat("f").gid()).isEqualTo(4567);
	}

	@Test
	default void whatIsFoundIsNotUnknownAsWell() throws IOException {
		create("f", "four");
		create("g", "four");
		Set<FileTrait> all = EnumSet.allOf(FileTrait.class);
		FileTraits traits = at().traits("f", stat("f"), all);
		assertThat(traits.present()).doesNotContainKeys(FileTrait.CAPABILITIES, FileTrait.HOLES);
		assertThat(Collections.disjoint(traits.present().keySet(), traits.unknown())).isTrue();
		assertThat(at().traits("f", stat("f"), Set.of())).isEqualTo(FileTraits.NONE);
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> at().carry(FileTrait.HOLES, "f", at(), "g"));
		assertThat(read("g")).isEqualTo("four");
		at().noteCreated("f", stat("f"), traits, true);
		assertThat(at().traits("f", stat("f"), all).present()).isEqualTo(traits.present());
	}

	/** In the same tick of the kernel's clock, if it has ticks. */
	@Test
	default void aFileWithAnAttributeIsNeverKnownToBeBare() throws IOException {
		at().mount();
		for (int i = 0; i < MANY && tested().has(Trait.USER_ATTRIBUTES); i++) {
			String name = "f" + i;
			create(name, "four");
			at().noteCreated(name, stat(name), FileTraits.NONE, true);
			at().setUserAttribute(name, "a", new byte[1]);
			assertThat(at().isKnownBare(name, stat(name))).isFalse();
		}
	}

	@Test
	default void everyChangeMovesTheTimeOfChange() throws Exception {
		create("f", "four");
		assertChanges("another name", Trait.HARD_LINKS, () -> at().linkNew("f", at(), "second"));
		assertChanges("a name less", Trait.HARD_LINKS, () -> at().delete("second"));
		assertChanges("mode", Trait.POSIX_METADATA, () -> at().setMode("f", 0640));
		assertChanges("attribute", Trait.USER_ATTRIBUTES, () -> at().setUserAttribute("f", "a", new byte[1]));
		FileStat before = stat("f");
		pause();
		at().rename("f", at(), "g");
		at().rename("g", at(), "f");
		assertThat(stat("f").changed()).as("rename").isAfter(before.changed());
		assertThat(stat("f").modified()).as("modified").isEqualTo(before.modified());
		try (FileHandle file = at().createExclusive("w", 0600)) {
			FileStat empty = stat("w");
			pause();
			write(file, "more");
			assertThat(stat("w").modified()).as("write").isAfter(empty.modified());
		}
	}

	default void assertChanges(String what, Trait trait, IoAction change) throws Exception {
		if (tested().has(trait)) {
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
	default void attributesBelongToTheFile() throws IOException {
		create("f", "four");
		assertThat(at().userAttributes("f")).isEmpty();
		if (!tested().has(Trait.USER_ATTRIBUTES)) {
			assertThatExceptionOfType(FileSystemException.class)
				.isThrownBy(() -> at().setUserAttribute("f", "a", new byte[1]));
			return;
		}
		byte[] all = new byte[256];
		for (int i = 0; i < all.length; i++) {
			all[i] = (byte) i;
		}
		at().setUserAttribute("f", "a", new byte[] { 1 });
		at().setUserAttribute("f", "a", all);
		at().setUserAttribute("f", "empty", new byte[0]);
		at().rename("f", at(), "g");
		Map<String, byte[]> kept = at().userAttributes("g");
		assertThat(kept).containsOnlyKeys("a", "empty");
		assertThat(kept.get("a")).isEqualTo(all);
		assertThat(kept.get("empty")).isEmpty();
		assertThat(read("g")).isEqualTo("four");
	}

}
