package io.atomicwrite.fs;

import java.io.File;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.atomicwrite.AtomicWriteException;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.SymlinkPolicy;
import io.atomicwrite.lock.LockRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What is particular to directories by descriptor. Where native calls are not used, the
 * same tests show what a directory by path does.
 */
class NativeDirectoryTests {

	private static final boolean NATIVE = NativeCalls.status().used();

	private final FileOps files = FileOps.system();

	@TempDir
	private Path temporary;

	@Test
	void aDirectoryThatIsExchangedStaysTheOneThatWasOpened() throws IOException {
		Path place = Files.createDirectory(this.temporary.toRealPath().resolve("place"));
		Path elsewhere = place.resolveSibling("elsewhere");
		try (Directory directory = this.files.open(place)) {
			Files.move(place, elsewhere);
			Files.createDirectory(place);
			directory.createExclusive("f", 0600).close();
			directory.rename("f", directory, "g");
			directory.linkNew("g", directory, "h");
			directory.openLockFile("l", 0600, true).close();
			directory.createDirectory("d");
			assertThat(directory.kind("g")).isEqualTo(FileStat.Kind.REGULAR);
		}
		assertThat(names(NATIVE ? elsewhere : place)).containsExactlyInAnyOrder("d", "g", "h", "l");
		assertThat(names(NATIVE ? place : elsewhere)).isEmpty();
	}

	/** By the open directory and by paths; the JDK has no call for it, and says so. */
	@Test
	void namesAreExchangedWhateverTheyAreNamesOf() throws IOException {
		Path place = this.temporary.toRealPath();
		Files.createDirectory(place.resolve("d"));
		Files.createFile(place.resolve("d/in"));
		Files.createSymbolicLink(place.resolve("l"), Path.of("elsewhere"));
		try (Directory directory = this.files.open(place)) {
			if (!NATIVE) {
				assertThatExceptionOfType(UnsupportedOperationException.class)
					.isThrownBy(() -> directory.exchange("d", "missing"))
					.withMessageContaining("native calls, which are not used");
				return;
			}
			directory.exchange("d", "l");
			assertThat(directory.kind("d")).isEqualTo(FileStat.Kind.LINK);
			assertThat(place.resolve("l/in")).exists();
			this.files.exchange(place.resolve("d"), place.resolve("l"));
			assertThat(directory.kind("l")).isEqualTo(FileStat.Kind.LINK);
			assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> directory.exchange("d", "missing"));
			assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> directory.exchange("none", "none"));
			assertThat(names(place)).containsExactlyInAnyOrder("d", "l");
		}
	}

	@Test
	void anExchangeIsOneOfTheDirectoryThatWasOpened() throws IOException {
		Path place = Files.createDirectory(this.temporary.toRealPath().resolve("place"));
		Path elsewhere = place.resolveSibling("elsewhere");
		Files.createDirectory(place.resolve("a"));
		Files.createFile(place.resolve("b"));
		try (Directory directory = this.files.open(place)) {
			Files.move(place, elsewhere);
			if (NATIVE) {
				directory.exchange("a", "b");
			}
		}
		assertThat(Files.isDirectory(elsewhere.resolve("b"))).isEqualTo(NATIVE);
	}

	@Test
	void nothingIsCalledOnADirectoryThatIsClosed() throws IOException {
		Directory directory = this.files.open(this.temporary.toRealPath());
		DirectoryHandle entries = directory.openSync();
		directory.close();
		directory.close();
		if (NATIVE) {
			assertThatExceptionOfType(ClosedChannelException.class).isThrownBy(() -> directory.stat("f"));
			assertThatExceptionOfType(ClosedChannelException.class)
				.isThrownBy(() -> directory.createExclusive("f", 0600));
			assertThatExceptionOfType(ClosedChannelException.class).isThrownBy(directory::openSync);
		}
		try (FileHandle other = this.files.createExclusive(this.temporary.resolve("other"), 0600)) {
			// whatever number it has got, the open entries are those of the directory
			entries.sync();
			other.sync();
		}
		entries.close();
		entries.close();
	}

	@Test
	void aFileTakesNothingOnceItIsClosed() throws IOException {
		FileHandle file = this.files.createExclusive(this.temporary.resolve("f"), 0600);
		LockFile lock = this.files.openLockFile(this.temporary.resolve("l"), 0600, true);
		for (int i = 0; i < 2; i++) {
			file.close();
			lock.close();
		}
		assertThatExceptionOfType(IOException.class).isThrownBy(file::sync);
		assertThatExceptionOfType(IOException.class).isThrownBy(lock::size);
	}

	@Test
	void aLockFileIsNotAnotherOfTheSameSize() throws IOException {
		Path file = this.temporary.toRealPath().resolve("l");
		try (LockFile lock = this.files.openLockFile(file, 0600, true)) {
			assertThat(lock.tryLock()).isTrue();
			assertThat(lock.at(file)).as("before it was looked at").isEmpty();
			assertThat(lock.size()).isZero();
			lock.resize(5);
			// the JDK can't compare them, and says so
			assertThat(lock.at(file).isPresent()).isEqualTo(NATIVE);
			Files.delete(file);
			assertThat(lock.at(file)).isEmpty();
			Files.write(file, new byte[5]);
			assertThat(lock.at(file)).isEmpty();
		}
		try (LockFile lock = this.files.openLockFile(file, 0600, false)) {
			assertThat(lock.size()).isEqualTo(5);
			assertThat(lock.at(file).isPresent()).isEqualTo(NATIVE);
			Files.write(file, new byte[6]);
			assertThat(lock.at(file)).as("another has changed its size").isEmpty();
		}
	}

	@Test
	void noOperationLeavesADescriptorOpen() throws IOException {
		try (AtomicFileTemplate template = AtomicFileTemplate.create()) {
			operations(template, 0);
			int before = descriptors();
			for (int round = 1; round <= 20; round++) {
				operations(template, round);
			}
			// others of this JVM may open a file meanwhile
			assertThat(descriptors()).isLessThan(before + 10);
		}
	}

	private void operations(AtomicFileTemplate template, int round) throws IOException {
		Path directory = Files.createDirectory(this.temporary.resolve("round" + round));
		Path file = directory.resolve("f");
		template.writeString(file, "old");
		template.writeString(file, "new");
		template.writeString(directory.resolve("new/one"), "deep", (o) -> o.createDirectories(true));
		template.move(file, directory.resolve("g"));
		template.delete(directory.resolve("g"));
		template.inspect(directory);
		Path link = Files.createSymbolicLink(directory.resolve("link"), Path.of("f"));
		template.writeString(link, "through");
		assertFails(() -> template.writeString(link, "", (o) -> o.symlinks(SymlinkPolicy.REJECT)));
		assertFails(() -> template.writeString(file, "", (o) -> o.overwrite(false)));
		assertFails(() -> template.writeString(file, "", (o) -> o.overwrite(false).lock(LockRequest.none())));
		assertFails(() -> template.writeString(directory.resolve("none/f"), "", (o) -> o.createDirectories(false)));
		assertFails(() -> template.writeString(directory, ""));
		assertFails(() -> template.writeString(file.resolve("below"), ""));
		assertFails(() -> template.writeString(directory.resolve("n".repeat(256)), ""));
		assertFails(() -> template.move(directory.resolve("none"), file));
	}

	private static void assertFails(Runnable operation) {
		assertThatExceptionOfType(AtomicWriteException.class).isThrownBy(operation::run);
	}

	private static int descriptors() {
		String[] open = new File("/proc/self/fd").list();
		return (open != null) ? open.length : 0;
	}

	@Test
	void moreDirectoriesThanMayBeOpenAreOpenedByPath() throws IOException {
		List<Directory> open = new ArrayList<>();
		try {
			int before = descriptors();
			for (int i = 0; i < 700; i++) {
				Path path = Files.createDirectory(this.temporary.toRealPath().resolve("d" + i));
				open.add((i % 2 == 0) ? this.files.open(path) : this.files.openFollowingLinks(path));
			}
			assertThat(descriptors()).isLessThan(before + 600);
			Directory first = open.get(0);
			Directory last = open.get(open.size() - 1);
			first.createExclusive("f", 0600).close();
			first.rename("f", last, "f");
			last.linkNew("f", first, "g");
			last.syncEntries();
			assertThat(first.names()).containsExactly("g");
			assertThat(last.names()).containsExactly("f");
		}
		finally {
			for (Directory directory : open) {
				directory.close();
			}
		}
	}

	@Test
	void aPathWithBytesThatAreNoTextIsWrittenToo() throws Exception {
		new ProcessBuilder("sh", "-c", "mkdir \"$(printf 'bad\\377name')\"").directory(this.temporary.toFile())
			.start()
			.waitFor();
		Path bad;
		try (var entries = Files.list(this.temporary)) {
			bad = entries.findFirst().orElseThrow();
		}
		try (AtomicFileTemplate template = AtomicFileTemplate.create()) {
			template.writeString(bad.resolve("f"), "content");
			assertThat(template.readString(bad.resolve("f"))).isEqualTo("content");
		}
		assertThat(names(bad)).containsExactly("f");
		assertThat(names(this.temporary)).hasSize(1);
	}

	private static List<String> names(Path directory) throws IOException {
		List<String> names = new ArrayList<>();
		FileOps.jdk().list(directory, names::add);
		return names;
	}

}
