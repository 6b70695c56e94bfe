package io.atomicwrite.fs;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What an open directory adds to the calls on paths: which names it takes, and that it
 * notices when its path leads elsewhere.
 */
class DirectoryTests {

	private final FileOps files = FileOps.system();

	@TempDir
	Path temporary;

	@ParameterizedTest
	@ValueSource(strings = { "", ".", "..", "a/b", "/", "/a", "a/", "../a" })
	void aNameThatIsNotOneEntryIsRefused(String name) throws IOException {
		try (Directory directory = open()) {
			assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> directory.path(name));
			assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> directory.stat(name));
			assertThatExceptionOfType(IllegalArgumentException.class)
				.isThrownBy(() -> directory.rename("a", directory, name));
			assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> directory.delete(name));
		}
	}

	@Test
	void aNameMayLookLikeAPathOfItsOwn() throws IOException {
		try (Directory directory = open()) {
			for (String name : new String[] { "...", "..a", "-", " ", "a\\b", "\n" }) {
				directory.createExclusive(name, 0600).close();
				assertThat(directory.kind(name)).isEqualTo(FileStat.Kind.REGULAR);
			}
		}
	}

	@Test
	void onlyADirectoryIsOpened() throws IOException {
		Files.writeString(this.temporary.resolve("file"), "");
		Files.createSymbolicLink(this.temporary.resolve("link"), this.temporary);
		try (Directory directory = open()) {
			assertThatExceptionOfType(NotDirectoryException.class).isThrownBy(() -> directory.open("file"));
			assertThatExceptionOfType(NotDirectoryException.class).isThrownBy(() -> directory.open("link"));
			assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> directory.open("none"));
		}
	}

	@Test
	void aDirectoryAtItsPlaceStaysUnchangedWhateverChangesInIt() throws IOException {
		try (Directory directory = open()) {
			directory.createDirectory("inner");
			Files.setLastModifiedTime(this.temporary, FileTime.fromMillis(0));
			directory.requireUnchanged();
		}
	}

	@Test
	void anotherDirectoryAtThePathIsNoticed() throws IOException {
		Path place = Files.createDirectory(this.temporary.resolve("place"));
		try (Directory directory = this.files.open(place.toRealPath())) {
			Files.move(place, this.temporary.resolve("elsewhere"));
			assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(directory::requireUnchanged);
			Files.createDirectory(place);
			assertThatExceptionOfType(FileSystemException.class).isThrownBy(directory::requireUnchanged)
				.withMessageContaining("another directory");
			Files.delete(place);
			Files.createSymbolicLink(place, this.temporary.resolve("elsewhere"));
			assertThatExceptionOfType(NotDirectoryException.class).isThrownBy(directory::requireUnchanged);
			Files.delete(place);
			Files.move(this.temporary.resolve("elsewhere"), place);
			directory.requireUnchanged();
		}
	}

	private Directory open() throws IOException {
		return this.files.open(this.temporary.toRealPath());
	}

}
