package io.atomicwrite.core;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.atomicwrite.CapabilityNotSupportedException;
import io.atomicwrite.ReadFailedException;
import io.atomicwrite.TargetRejectedException;
import io.atomicwrite.WriteOutcome;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.ForwardingFileOps;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.publication.PointerKind;
import io.atomicwrite.publication.Publication;
import io.atomicwrite.test.DirectoryContent;
import io.atomicwrite.test.MemoryLockStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * When a publication whose {@code latest} is a directory is refused, and that nothing is
 * done then.
 */
class PlainDirectoryRefusalTests extends PlainDirectoryStage {

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "DIRECTORY")
	void noOtherPointerReplacesIt(PointerKind kind) {
		publish(set(), "v1");
		assertThatExceptionOfType(TargetRejectedException.class)
			.isThrownBy(() -> set().publish((out) -> out.file("f", new byte[1]), options("v2").withPointer(kind)))
			.withMessageContaining("is a directory, which neither a link nor a file can replace")
			.withMessageContaining("move it away");
		assertLatest("v1");
		assertThat(DirectoryContent.of(this.root)).noneMatch((name) -> name.contains("v2"));
	}

	/**
	 * A directory of somebody's own, one that is empty, and that of another publication.
	 */
	@ParameterizedTest
	@CsvSource({ "own.txt", "''", "manifest.json" })
	void aDirectoryThatIsNotOursIsLeftAlone(String file) throws IOException {
		Path latest = Files.createDirectories(this.root.resolve("latest"));
		if (!file.isEmpty()) {
			Files.writeString(latest.resolve(file), "{\"name\": \"other\", \"version\": \"v0\", \"time\": \"x\"}");
		}
		assertThatExceptionOfType(TargetRejectedException.class).isThrownBy(() -> publish(set(), "v1"))
			.withMessageContaining("is a directory that this publication has not made");
		assertThat(DirectoryContent.of(this.root)).isSubsetOf("latest", "latest/" + file);
		assertThat(latest).isDirectory();
	}

	@Test
	void aDirectoryThatIsNotOursNamesNoVersion() throws IOException {
		Files.createDirectories(this.root.resolve("latest"));
		assertThatExceptionOfType(ReadFailedException.class).isThrownBy(() -> set().latest())
			.withMessageContaining("names no version of this directory");
	}

	@Test
	void withoutSuchACallItIsRefusedBeforeAnythingIsCreated() throws IOException {
		FileOps none = new ForwardingFileOps(FileOps.jdk()) {
		};
		assertThatExceptionOfType(CapabilityNotSupportedException.class).isThrownBy(() -> publish(set(none), "v1"))
			.withMessageContaining("a directory can't take the place of another in one step: it takes native calls")
			.withMessageContaining("publish with PointerKind.LINK or PointerKind.FILE");
		assertThat(DirectoryContent.of(this.directory)).isEmpty();
		publish(set(), "v1");
		publish(set(), "v2");
		List<String> before = DirectoryContent.of(this.directory);
		assertThatExceptionOfType(CapabilityNotSupportedException.class).isThrownBy(() -> set(none).rollback())
			.withMessageContaining("it takes native calls");
		assertThat(set(none).latest()).contains("v2");
		assertThat(DirectoryContent.of(this.directory)).isEqualTo(before);
	}

	@Test
	void aFilesystemThatCanNotIsRefusedBeforeAnythingOfTheVersionIsWritten() {
		set().publish((out) -> out.file("f", new byte[1]), options("v1").withPointer(PointerKind.LINK));
		FileOps cannot = new ForwardingFileOps(FILES) {

			@Override
			public void exchange(Path one, Path other) throws IOException {
				if (!Files.exists(one)) {
					throw new NoSuchFileException(one.toString());
				}
				throw new UnsupportedOperationException("the filesystem can't exchange names: Invalid argument");
			}

		};
		refusesAsIs(cannot, "the filesystem can't exchange names: Invalid argument");
		refusesAsIs(new ForwardingFileOps(FILES) {

			@Override
			public void linkNew(Path source, Path name) throws IOException {
				throw new FileSystemException(name.toString(), null, "Operation not permitted");
			}

		}, "files can't have a second name (a hard link) there");
		refusesAsIs(new ForwardingFileOps(FILES) {

			@Override
			public void exchange(Path one, Path other) throws IOException {
				if (!Files.exists(one)) {
					throw new NoSuchFileException(one.toString());
				}
			}

		}, "says that it has exchanged two names, and has not");
	}

	private void refusesAsIs(FileOps files, String why) {
		List<String> before = DirectoryContent.of(this.root);
		List<String> asked = new ArrayList<>();
		assertThatExceptionOfType(CapabilityNotSupportedException.class)
			.isThrownBy(() -> set(files).publish((out) -> asked.add("content"), options("v2")))
			.withMessageContaining(why)
			.satisfies((ex) -> assertThat(ex.outcome()).isEqualTo(WriteOutcome.NOT_COMMITTED));
		assertThat(asked).isEmpty();
		assertThat(DirectoryContent.of(this.root)).isEqualTo(before);
	}

	@Test
	void withLocksOfSeveralHostsItIsRefused() {
		LockRegistry locks = LockRegistry.clusterBuilder(new MemoryLockStore())
			.hostLock(false)
			.directory("data", this.directory)
			.files(FILES)
			.build();
		Publication set = AtomicFileTemplate.builder()
			.files(FILES)
			.locks(locks)
			.build()
			.publication(this.directory, "set");
		assertThatExceptionOfType(CapabilityNotSupportedException.class).isThrownBy(() -> publish(set, "v1"))
			.withMessageContaining("no protection against a host that has lost its lock");
		assertThat(this.root).doesNotExist();
	}

}
