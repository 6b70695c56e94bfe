package io.atomicwrite.lock;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import io.atomicwrite.LockLostException;
import io.atomicwrite.LockNotAcquiredException;
import io.atomicwrite.LockNotAcquiredException.Reason;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.FileStat;
import io.atomicwrite.fs.ForwardingFileOps;
import io.atomicwrite.test.ForkedJvm;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of the lock file: its mode, its end, and other things at its place.
 */
@Timeout(60)
class LockFileTests {

	private static final LockRequest SOON = LockRequest.waitUpTo(Duration.ofSeconds(20));

	private final LockFileRegistry locks = LockRegistry.file();

	@TempDir
	Path directory;

	private Path target;

	private Path lockFile;

	@BeforeEach
	void nameFiles() {
		this.target = this.directory.resolve("config.json");
		this.lockFile = this.directory.resolve("config.json.lock");
	}

	@AfterEach
	void close() {
		this.locks.close();
	}

	@Test
	void isDeletedOnRelease() {
		try (LockLease lease = this.locks.acquire(this.target, SOON)) {
			lease.ensureHeld();
			assertThat(this.lockFile).isRegularFile();
		}
		assertThat(this.directory).isEmptyDirectory();
	}

	@Test
	void anotherFileOfTheSameSizeInItsPlaceIsALoss() throws IOException {
		LockLease lease = this.locks.acquire(this.target, SOON);
		replaceByOneOfTheSameSize();
		assertThatExceptionOfType(LockLostException.class).isThrownBy(lease::ensureHeld);
		lease.close();
		assertThat(this.lockFile).as("whose it may be").isRegularFile();
	}

	private void replaceByOneOfTheSameSize() throws IOException {
		Path replacement = Files.copy(this.lockFile, this.directory.resolve("replacement"));
		Files.move(replacement, this.lockFile, StandardCopyOption.ATOMIC_MOVE);
	}

	@Test
	void inodeThatChangesItsNumberIsNoLoss() throws IOException {
		try (LockFileRegistry locks = LockRegistry.fileBuilder().files(new ChangingInodes()).build()) {
			LockLease lease = locks.acquire(this.target, SOON);
			lease.ensureHeld();
			lease.ensureHeld();
			replaceByOneOfTheSameSize();
			assertThatExceptionOfType(LockLostException.class).isThrownBy(lease::ensureHeld);
			lease.close();
		}
		assertThat(this.lockFile).isRegularFile();
	}

	@Test
	void isKeptIfAsked() {
		try (LockFileRegistry keeping = LockRegistry.fileBuilder().keepLockFile(true).build()) {
			for (int turn = 0; turn < 100; turn++) {
				keeping.acquire(this.target, SOON).close();
				assertThat(this.lockFile).isRegularFile()
					.satisfies((file) -> assertThat(file.toFile().length()).isLessThan(1 << 17));
				assertThat(keeping.leftover(this.target)).contains(this.lockFile);
				assertThat(keeping.inspect(this.target).state()).isEqualTo(LockInfo.State.FREE);
			}
		}
	}

	@Test
	void hasTheUsualModeLessTheUmask() throws IOException {
		Path plain = Files.createFile(this.directory.resolve("plain"),
				PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--")));
		this.locks.acquire(this.target, SOON);
		assertThat(mode(this.lockFile)).isEqualTo(mode(plain));
	}

	@Test
	void hasTheModeThatIsSetLessTheUmask() throws IOException {
		Path plain = Files.createFile(this.directory.resolve("plain"),
				PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-rw-rw-")));
		try (LockRegistry shared = LockRegistry.fileBuilder().lockFileMode(0666).build()) {
			shared.acquire(this.target, SOON);
			assertThat(mode(this.lockFile)).isEqualTo(mode(plain));
		}
		try (LockRegistry secret = LockRegistry.fileBuilder().lockFileMode(0600).build()) {
			secret.acquire(this.target, SOON);
			assertThat(mode(this.lockFile)).isEqualTo("rw-------");
		}
	}

	private static String mode(Path file) throws IOException {
		return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
	}

	@Test
	void fileOfAnotherKindOfTheSameNameIsLeftAlone() throws IOException {
		Path target = this.directory.resolve("Gemfile");
		Path foreign = Files.writeString(this.directory.resolve("Gemfile.lock"), "GEM\n  specs:\n");
		assertThatExceptionOfType(LockNotAcquiredException.class).isThrownBy(() -> this.locks.acquire(target, SOON))
			.withMessageContaining("its lock file Gemfile.lock holds data")
			.satisfies((ex) -> assertThat(ex.reason()).isEqualTo(Reason.FAILED));
		assertThatExceptionOfType(java.io.UncheckedIOException.class)
			.isThrownBy(() -> this.locks.releaseLeftover(target));
		assertThat(this.locks.leftover(target)).isEmpty();
		assertThat(this.locks.inspect(target).state()).isEqualTo(LockInfo.State.HELD);
		assertThat(foreign).hasContent("GEM\n  specs:\n");
	}

	@Test
	void linkIsNotFollowed() throws IOException {
		Path victim = Files.writeString(this.directory.resolve("victim"), "content");
		Files.createSymbolicLink(this.lockFile, victim);
		assertRefused("a symbolic link");
		assertThat(victim).hasContent("content");
	}

	@Test
	void danglingLinkIsNotFollowed() throws IOException {
		Files.createSymbolicLink(this.lockFile, this.directory.resolve("nothing"));
		assertRefused("a symbolic link");
		assertThat(this.directory.resolve("nothing")).doesNotExist();
	}

	@Test
	void directoryIsRefused() throws IOException {
		Files.createDirectory(this.lockFile);
		assertRefused("a directory");
	}

	@Test
	void fifoIsRefusedAndBlocksNobody() throws Exception {
		run("mkfifo", this.lockFile.toString());
		assertRefused("a FIFO");
	}

	@Test
	void socketIsRefused() throws IOException {
		// the path of a socket has 107 bytes at most
		try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
			socket.bind(UnixDomainSocketAddress.of(this.lockFile));
			assertRefused("a socket");
		}
	}

	@Test
	void deviceIsRefused() throws Exception {
		// only root can make a device; where others meet one they can't make files either
		if (isRoot()) {
			run("mknod", this.lockFile.toString(), "c", "1", "3");
			assertRefused("a character device");
		}
		else {
			assertThatExceptionOfType(LockNotAcquiredException.class)
				.isThrownBy(() -> this.locks.acquire(Path.of("/dev/null"), SOON))
				.satisfies((ex) -> assertThat(ex.reason()).isEqualTo(Reason.FAILED));
		}
	}

	private void assertRefused(String kind) {
		assertThatExceptionOfType(LockNotAcquiredException.class)
			.isThrownBy(() -> this.locks.acquire(this.target, SOON))
			.withMessageContaining("lock file config.json.lock is " + kind)
			.withMessageContaining("move it away")
			.satisfies((ex) -> {
				assertThat(ex.reason()).isEqualTo(Reason.FAILED);
				assertThat(ex.waited()).isLessThan(Duration.ofSeconds(5));
			});
		assertThat(this.locks.waiting()).isEmpty();
		assertThat(Files.exists(this.lockFile, java.nio.file.LinkOption.NOFOLLOW_LINKS)).isTrue();
		assertThat(this.locks.inspect(this.target).state()).isEqualTo(LockInfo.State.HELD);
	}

	@Test
	void fileThatMayNotBeWrittenIsAClearFailure() throws Exception {
		Files.createFile(this.lockFile,
				PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("r--r--r--")));
		if (!isRoot()) {
			assertThatExceptionOfType(LockNotAcquiredException.class)
				.isThrownBy(() -> this.locks.acquire(this.target, SOON))
				.withMessageContaining("Permission denied");
			return;
		}
		Path classes = Files.createTempDirectory(Path.of("/tmp"), "lock-classes");
		try {
			copy(LockRegistry.class, classes);
			copy(LockPeer.class, classes);
			open(this.directory);
			List<String> asNobody = List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");
			try (ForkedJvm other = ForkedJvm.start(asNobody, classes.toString(), LockPeer.class, "delete",
					this.target.toString())) {
				assertThat(other.ask("try")).startsWith("FAILED").contains("Permission denied");
				assertThat(other.ask("inspect")).startsWith("HELD");
				try (LockLease lease = this.locks.acquire(this.target, SOON)) {
					assertThat(other.ask("inspect")).isEqualTo("HELD " + ProcessHandle.current().pid());
					lease.ensureHeld();
				}
			}
		}
		finally {
			run("rm", "-r", classes.toString());
		}
	}

	private static void open(Path directory) throws IOException {
		Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
	}

	/** Makes classes readable for everyone, wherever the build lies. */
	private static void copy(Class<?> one, Path to) throws Exception {
		open(to);
		Path from = Path.of(one.getProtectionDomain().getCodeSource().getLocation().toURI());
		try (Stream<Path> files = Files.walk(from)) {
			for (Path file : (Iterable<Path>) files::iterator) {
				Path copy = to.resolve(from.relativize(file).toString());
				if (Files.isDirectory(file)) {
					Files.createDirectories(copy);
				}
				else {
					Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
				}
			}
		}
	}

	private static boolean isRoot() throws IOException {
		return Files.getOwner(Path.of("/proc/self")).getName().equals("root");
	}

	private static void run(String... words) throws Exception {
		assertThat(new ProcessBuilder(words).inheritIO().start().waitFor()).isZero();
	}

	/** As some filesystems of programs number them. */
	private static final class ChangingInodes extends ForwardingFileOps {

		private long last = 1L << 40;

		ChangingInodes() {
			super(FileOps.system());
		}

		@Override
		public @Nullable FileStat stat(Path path) throws IOException {
			FileStat stat = super.stat(path);
			return (stat == null) ? null : new FileStat(stat.kind(), stat.size(), stat.mode(), stat.uid(), stat.gid(),
					stat.device(), ++this.last, stat.links(), stat.modified(), stat.changed());
		}

	}

}
