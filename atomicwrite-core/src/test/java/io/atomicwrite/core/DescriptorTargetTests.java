package io.atomicwrite.core;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

import io.atomicwrite.AtomicWriteException;
import io.atomicwrite.LockNotAcquiredException;
import io.atomicwrite.TargetRejectedException;
import io.atomicwrite.TargetRejectedException.Reason;
import io.atomicwrite.backup.BackupPolicy;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.lock.LockFileRegistry;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.lock.LockRequest;
import io.atomicwrite.maintenance.Recovery;
import io.atomicwrite.maintenance.RecoveryOptions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Targets that lead to what a process has open ({@code symlink(7)}, magic links): they
 * are refused, and the file behind them stays the one that others write to.
 */
class DescriptorTargetTests {

	private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

	private static final WriteOptions OPTIONS = WriteOptions.engineDefaults();

	@TempDir
	Path directory;

	private final AtomicFileTemplate template = AtomicFileTemplate.builder().build();

	private Path file;

	private FileChannel channel;

	private Object inode;

	@BeforeEach
	void open() throws IOException {
		this.directory = this.directory.toRealPath();
		this.file = Files.writeString(this.directory.resolve("file"), "old");
		this.channel = FileChannel.open(this.file, StandardOpenOption.WRITE);
		this.inode = Files.getAttribute(this.file, "unix:ino");
	}

	@AfterEach
	void nothingIsReplacedOrLeft() throws IOException {
		this.channel.close();
		this.template.close();
		assertThat(Files.getAttribute(this.file, "unix:ino")).isEqualTo(this.inode);
		assertThat(this.file).hasContent("old");
		try (Stream<Path> files = Files.walk(this.directory)) {
			assertThat(files.filter(Files::isRegularFile)).containsExactly(this.file);
		}
	}

	/** The descriptor that this test has open. */
	private static Path descriptor(Path file) throws IOException {
		try (Stream<Path> descriptors = Files.list(DESCRIPTORS)) {
			for (Path one : descriptors.toList()) {
				if (Files.isSymbolicLink(one) && Files.readSymbolicLink(one).equals(file)) {
					return one;
				}
			}
		}
		throw new IOException("not open: " + file);
	}

	private static void refused(ThrowingCallable call) {
		TargetRejectedException ex = catchThrowableOfType(TargetRejectedException.class, call);
		assertThat(ex).isNotNull();
		assertThat(ex.reason()).isEqualTo(Reason.MAGIC_LINK);
		assertThat(ex).hasMessageContaining("leads through /proc/");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/proc/self/fd/", "/dev/fd/", "/proc/thread-self/fd/", "/proc/../proc/./self/fd/",
			"/proc/self/task/../fd/" })
	void descriptorByEachOfItsNames(String place) throws IOException {
		Path target = Path.of(place).resolve(descriptor(this.file).getFileName());
		refused(() -> this.template.writeString(target, "new"));
		refused(() -> this.template.append(target, new byte[] { 'x' }));
		refused(() -> this.template.open(target).close());
		for (SymlinkPolicy policy : SymlinkPolicy.values()) {
			assertThatExceptionOfType(AtomicWriteException.class)
				.isThrownBy(() -> this.template.delete(target, withSymlinks(policy)));
		}
	}

	@Test
	void descriptorOfAnotherProcess() throws Exception {
		Process other = new ProcessBuilder("sleep", "60")
			.redirectOutput(ProcessBuilder.Redirect.appendTo(this.file.toFile()))
			.start();
		try {
			refused(() -> this.template.writeString(Path.of("/proc/" + other.pid() + "/fd/1"), "new"));
			refused(() -> this.template.writeString(Path.of("/proc/" + other.pid() + "/root" + this.file), "new"));
			refused(() -> this.template.writeString(Path.of("/proc/" + other.pid() + "/cwd/new"), "new"));
		}
		finally {
			other.destroyForcibly().waitFor();
		}
	}

	@Test
	void linkThatLeadsToOne() throws IOException {
		Path link = Files.createSymbolicLink(this.directory.resolve("link"), descriptor(this.file));
		Path second = Files.createSymbolicLink(this.directory.resolve("second"), Path.of("link"));
		for (Path target : List.of(link, second)) {
			refused(() -> this.template.writeString(target, "new"));
			assertThatExceptionOfType(LockNotAcquiredException.class)
				.isThrownBy(() -> lock(LockRegistry.fileBuilder().build(), target))
				.withMessageContaining("leads to what a process has open");
		}
	}

	/** Also with a descriptor of what has no name, such as a pipe or a deleted file. */
	@Test
	void descriptorWithoutAName() throws IOException {
		Path gone = Files.writeString(this.directory.resolve("gone"), "");
		try (FileChannel open = FileChannel.open(gone, StandardOpenOption.WRITE)) {
			Path descriptor = descriptor(gone);
			Files.delete(gone);
			refused(() -> this.template.writeString(descriptor, "new"));
			assertThat(open.size()).isZero();
		}
		refused(() -> this.template.writeString(Path.of("/dev/stdin"), "new"));
	}

	@Test
	void directoryOnTheWay() throws IOException {
		Path below = Files.createDirectory(this.directory.resolve("below"));
		Path link = Files.createSymbolicLink(this.directory.resolve("way"), Path.of("/proc/self/root" + below));
		Path root = Path.of("/proc/self/root" + below);
		for (Path way : List.of(link, root)) {
			refused(() -> this.template.writeString(way.resolve("new"), "new"));
			refused(() -> this.template.writeString(way.resolve("deep/er/new"), "new"));
		}
		assertThat(below).isEmptyDirectory();
	}

	@Test
	void sourceAndTargetOfAMove() throws IOException {
		Path root = Path.of("/proc/self/root" + this.file);
		refused(() -> this.template.move(root, this.directory.resolve("new")));
		refused(() -> this.template.move(this.file, root.resolveSibling("new")));
	}

	@Test
	void backupsAndLockFile() {
		Path root = Path.of("/proc/self/root" + this.directory);
		BackupPolicy policy = BackupPolicy.single().with((changes) -> changes.directory(root.resolve("backups")));
		assertThatExceptionOfType(AtomicWriteException.class)
			.isThrownBy(() -> this.template.writeString(this.file, "new", OPTIONS.toBuilder().backup(policy).build()))
			.withMessageContaining("leads to what a process has open");
		LockFileRegistry locks = LockRegistry.fileBuilder().lockFile(root.resolve("lock")).build();
		assertThatExceptionOfType(LockNotAcquiredException.class).isThrownBy(() -> lock(locks, this.file))
			.withMessageContaining("leads to what a process has open");
	}

	@Test
	void directoryThatIsRecovered() {
		Recovery recovery = new Recovery(FileOps.system(), LockRegistry.fileBuilder().build(), InstantSource.system());
		assertThat(recovery.recover(Path.of("/proc/self/root" + this.directory), RecoveryOptions.defaults()).failures())
			.singleElement()
			.satisfies((failure) -> assertThat(failure.reason()).contains("leads to what a process has open"));
	}

	/** Nothing behind it is meant then. */
	@Test
	void linkToOneCanBeReplacedAndDeleted() throws IOException {
		Path link = this.directory.resolve("link");
		for (int i = 0; i < 2; i++) {
			Files.createSymbolicLink(link, descriptor(this.file));
			if (i == 0) {
				this.template.writeString(link, "new", withSymlinks(SymlinkPolicy.REPLACE));
				assertThat(link).isRegularFile().hasContent("new");
				Files.delete(link);
			}
			else {
				this.template.delete(link, withSymlinks(SymlinkPolicy.REPLACE));
				assertThat(link).doesNotExist();
			}
		}
	}

	/** A directory of a process that is no link, and a number in a path elsewhere. */
	@Test
	void otherLinksAreFollowed() throws IOException {
		Path year = Files.createDirectories(this.directory.resolve("2026/data"));
		Path link = Files.createSymbolicLink(this.directory.resolve("2026/link"), Path.of("data"));
		this.template.writeString(link.resolve("new"), "new");
		assertThat(year.resolve("new")).hasContent("new");
		Files.delete(year.resolve("new"));
	}

	@Test
	void descriptorIsRead() throws IOException {
		assertThat(this.template.readString(descriptor(this.file))).isEqualTo("old");
		try (InputStream in = FileOps.system().openRead(Path.of("/proc/self/root" + this.file))) {
			assertThat(in.readAllBytes()).hasSize(3);
		}
	}

	private static void lock(LockFileRegistry locks, Path target) {
		try (locks) {
			locks.acquire(target, LockRequest.failFast()).close();
		}
	}

	private static WriteOptions withSymlinks(SymlinkPolicy policy) {
		return OPTIONS.toBuilder().symlinks(policy).build();
	}

}
