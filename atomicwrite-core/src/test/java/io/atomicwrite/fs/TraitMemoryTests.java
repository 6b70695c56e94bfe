package io.atomicwrite.fs;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What was found once is taken for true only as long as nobody can have changed it
 * unseen.
 */
class TraitMemoryTests {

	private static final Instant CHANGED = Instant.parse("2026-01-01T00:00:00.5Z");

	private static final Set<FileTrait> ALL = EnumSet.allOf(FileTrait.class);

	private static final Set<FileTrait> LIST = EnumSet.of(FileTrait.ACCESS_LIST);

	private static final Path FILE = Path.of("/d/f");

	@ParameterizedTest
	@CsvSource({ "6.13.0, ext4, 0, true", "6.13, xfs, 0, true", "7.0-rc1, btrfs, 0, true", "6.18.44-x, tmpfs, 0, true",
			"6.12.9, ext4, 0, false", "5.15.0-91-generic, ext4, 0, false", "6.12.9, ext4, 21, true",
			"6.12.9, ext4, 19, false", "6.18.0, f2fs, 0, false", "6.18.0, overlay, 21, true",
			"6.18.0, nfs4, 9999, false", "6.18.0, fuse.sshfs, 9999, false", "unknown, ext4, 0, false",
			"'', ext4, 21, true" })
	void aTimeOfChangeIsTrustedIfNoLaterChangeCanHaveIt(String release, String type, long millisLater,
			boolean settled) {
		TraitMemory memory = new TraitMemory(() -> CHANGED.plusMillis(millisLater), KernelRelease.of(release));
		assertThat(memory.isSettled(file(CHANGED, CHANGED), mount(type))).isEqualTo(settled);
	}

	@ParameterizedTest
	@CsvSource({ "0, false", "2999, false", "3001, true" })
	void aTimeInWholeSecondsIsTrustedLater(long millisLater, boolean settled) {
		Instant whole = Instant.parse("2026-01-01T00:00:07Z");
		TraitMemory memory = new TraitMemory(() -> whole.plusMillis(millisLater), KernelRelease.of("6.18.0"));
		assertThat(memory.isSettled(file(whole, whole), mount("ext4"))).isEqualTo(settled);
	}

	@Test
	void aFileThatWasChangedIsForgotten() {
		TraitMemory memory = new TraitMemory(() -> CHANGED, KernelRelease.of("6.18.0"));
		memory.put(FILE, known(file(CHANGED, CHANGED), true));
		assertThat(memory.find(FILE, file(CHANGED, CHANGED))).isNotNull();
		assertThat(memory.find(FILE, file(CHANGED, CHANGED.plusNanos(1)))).isNull();
		assertThat(memory.find(Path.of("/d/g"), file(CHANGED, CHANGED))).isNull();
		FileStat other = new FileStat(FileStat.Kind.REGULAR, 1, 0644, 0, 0, 1, 99, 1, CHANGED, CHANGED);
		assertThat(memory.find(FILE, other)).isNull();
	}

	@Test
	void rightsThatMayHaveChangedUnseenAreLookedForAgain() {
		assertThat(known(file(CHANGED, CHANGED), true).open(ALL)).isEmpty();
		assertThat(known(file(CHANGED, CHANGED), false).open(ALL)).isEqualTo(LIST);
		FileStat closed = new FileStat(FileStat.Kind.REGULAR, 1, 0600, 0, 0, 1, 7, 1, CHANGED, CHANGED);
		assertThat(known(closed, false).open(ALL)).isEmpty();
		assertThat(new TraitMemory.Known(file(CHANGED, CHANGED), FileTraits.NONE, LIST, true, true, System.nanoTime())
			.open(ALL)).isEqualTo(EnumSet.complementOf(EnumSet.copyOf(LIST)));
	}

	@Test
	void aFileIsKnownToBeBareIfNoLaterChangeIsHidden() {
		assertThat(known(file(CHANGED, CHANGED), true).isKnownBare()).isTrue();
		assertThat(known(file(CHANGED, CHANGED), false).isKnownBare()).isFalse();
		assertThat(new TraitMemory.Known(file(CHANGED, CHANGED), FileTraits.NONE, ALL, true, false, System.nanoTime())
			.isKnownBare()).isFalse();
	}

	/**
	 * A new entry moves both times of a directory, an access list only that of change.
	 */
	@Test
	void aDirectoryIsKnownOverNewEntriesForASecond() {
		TraitMemory memory = new TraitMemory(() -> CHANGED, KernelRelease.of("6.18.0"));
		Instant later = CHANGED.plusMillis(5);
		memory.put(FILE, known(directory(CHANGED, CHANGED), true));
		assertThat(memory.find(FILE, directory(later, later))).isNotNull();
		assertThat(memory.find(FILE, directory(CHANGED, later))).isNull();
		long old = System.nanoTime() - Duration.ofMillis(1001).toNanos();
		memory.put(FILE, new TraitMemory.Known(directory(CHANGED, CHANGED), FileTraits.NONE, LIST, true, true, old));
		assertThat(memory.find(FILE, directory(later, later))).isNull();
	}

	@Test
	void whatIsFoundLaterIsAddedToWhatWasKnown() {
		FileTraits known = new FileTraits(Map.of(FileTrait.FLAGS, "d"), EnumSet.of(FileTrait.LABEL));
		FileTraits both = known.with(new FileTraits(Map.of(FileTrait.ACCESS_LIST, "+"), Set.of()), LIST);
		assertThat(both.present()).containsOnlyKeys(FileTrait.FLAGS, FileTrait.ACCESS_LIST);
		assertThat(both.unknown()).containsExactly(FileTrait.LABEL);
		assertThat(both.only(LIST).present()).containsOnlyKeys(FileTrait.ACCESS_LIST);
		assertThat(both.only(LIST).unknown()).isEmpty();
		assertThat(both.with(FileTraits.NONE, ALL)).isEqualTo(FileTraits.NONE);
	}

	private static TraitMemory.Known known(FileStat stat, boolean settled) {
		return new TraitMemory.Known(stat, FileTraits.NONE, ALL, settled, true, System.nanoTime());
	}

	private static FileStat file(Instant modified, Instant changed) {
		return new FileStat(FileStat.Kind.REGULAR, 1, 0644, 0, 0, 1, 7, 1, modified, changed);
	}

	private static FileStat directory(Instant modified, Instant changed) {
		return new FileStat(FileStat.Kind.DIRECTORY, 1, 0755, 0, 0, 1, 7, 2, modified, changed);
	}

	private static Mount mount(String type) {
		return new Mount(Path.of("/"), type, "/dev/disk", List.of("rw"));
	}

}
