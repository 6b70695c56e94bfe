package io.atomicwrite.fs;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;

import io.atomicwrite.test.PretendedMount;
import io.atomicwrite.test.fault.FaultyFileOps;
import io.atomicwrite.test.fault.FileCall;
import io.atomicwrite.test.fault.FileCall.Op;
import io.atomicwrite.test.fault.RecordingFileOps;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

	@Test
	void aDirectoryIsOpenedByAnyPathThatLeadsToIt() throws IOException {
		Path real = Files.createDirectories(this.temporary.toRealPath().resolve("real/inner"));
		Files.createSymbolicLink(this.temporary.resolve("middle"), Path.of("real"));
		Files.createSymbolicLink(real.resolveSibling("last"), real);
		for (String path : new String[] { "real/inner", "middle/inner", "middle/last", "real/last", "real/./inner",
				"middle/last/../inner", "middle/last/.", "real/inner/../inner/." }) {
			try (Directory directory = this.files.openFollowingLinks(this.temporary.resolve(path))) {
				assertThat(directory.path()).as(path).isEqualTo(real);
				directory.requireUnchanged();
				assertThat(directory.mount()).isEqualTo(this.files.mount(real));
			}
		}
		try (Directory root = this.files.openFollowingLinks(Path.of("/"))) {
			assertThat(root.path()).isEqualTo(Path.of("/"));
		}
	}

	@Test
	void whatLeadsToNoDirectoryIsNotOpened() throws IOException {
		Files.writeString(this.temporary.resolve("file"), "");
		Files.createSymbolicLink(this.temporary.resolve("to-file"), Path.of("file"));
		Files.createSymbolicLink(this.temporary.resolve("dangling"), Path.of("none"));
		Files.createSymbolicLink(this.temporary.resolve("loop"), Path.of("loop"));
		for (String path : new String[] { "none", "none/inner", "dangling", "dangling/inner" }) {
			assertThatExceptionOfType(NoSuchFileException.class).as(path)
				.isThrownBy(() -> this.files.openFollowingLinks(this.temporary.resolve(path)));
		}
		for (String path : new String[] { "file", "to-file" }) {
			assertThatExceptionOfType(NotDirectoryException.class).as(path)
				.isThrownBy(() -> this.files.openFollowingLinks(this.temporary.resolve(path)));
		}
		assertThatExceptionOfType(FileSystemException.class)
			.isThrownBy(() -> this.files.openFollowingLinks(this.temporary.resolve("loop")));
	}

	@ParameterizedTest
	@CsvSource({ "xfs, true", "overlay, true", "fuse.sshfs, true", "nfs4, true", "ext4, true", "tmpfs, false" })
	void aSyncIsLookedAfterWhereItsReportMayBeFalse(String type, boolean looks) throws IOException {
		RecordingFileOps recorded = new RecordingFileOps(new PretendedMount(this.files, type));
		try (Directory directory = recorded.open(this.temporary.toRealPath());
				DirectoryHandle handle = directory.openSync()) {
			recorded.clear();
			handle.sync();
			assertThat(recorded.calls().stream().map(FileCall::op))
				.containsExactlyElementsOf(looks ? List.of(Op.SYNC_DIRECTORY, Op.KIND) : List.of(Op.SYNC_DIRECTORY));
		}
	}

	@Test
	void aFailedLookAfterASyncIsAFailedSync() throws IOException {
		FaultyFileOps faulty = new FaultyFileOps(new PretendedMount(this.files, "xfs"));
		try (Directory directory = faulty.open(this.temporary.toRealPath());
				DirectoryHandle handle = directory.openSync()) {
			faulty.fail((call) -> call.op() == Op.KIND, 1, "Input/output error");
			assertThatExceptionOfType(FileSystemException.class).isThrownBy(handle::sync)
				.withMessageContaining("Input/output error");
		}
	}

	@Test
	void theMountIsLookedUpOnce() throws IOException {
		RecordingFileOps recorded = new RecordingFileOps(this.files);
		try (Directory directory = recorded.open(this.temporary.toRealPath())) {
			directory.mount();
			directory.mount();
			directory.openSync().close();
		}
		assertThat(recorded.calls().stream().filter((call) -> call.op() == Op.MOUNT)).hasSize(1);
	}

	private Directory open() throws IOException {
		return this.files.open(this.temporary.toRealPath());
	}

}
