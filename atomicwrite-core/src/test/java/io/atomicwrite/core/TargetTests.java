package io.atomicwrite.core;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

import io.atomicwrite.CapabilityNotSupportedException;
import io.atomicwrite.TargetExistsException;
import io.atomicwrite.TargetRejectedException;
import io.atomicwrite.WriteOutcome;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.lock.LockInfo;
import io.atomicwrite.lock.LockLease;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.lock.LockRequest;
import io.atomicwrite.test.DirectoryContent;
import io.atomicwrite.test.Mounted;
import io.atomicwrite.test.RequiresRoot;
import io.atomicwrite.test.Shell;
import io.atomicwrite.test.fault.FileCall;
import io.atomicwrite.test.fault.RecordingFileOps;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * What is written, and what is refused.
 */
class TargetTests {

	private final LockRegistry locks = LockRegistry.file();

	private final AtomicFileTemplate template = AtomicFileTemplate.builder().locks(this.locks).build();

	@TempDir
	private Path temp;

	private Path directory;

	@BeforeEach
	void directory() throws Exception {
		this.directory = this.temp.toRealPath();
	}

	@Test
	void linkIsFollowedAndStays() throws Exception {
		Path real = Files.createDirectory(this.directory.resolve("real")).resolve("f");
		Files.writeString(real, "old");
		Path link = Files.createSymbolicLink(this.directory.resolve("link"), Path.of("real/f"));
		WriteResult result = this.template.writeString(link, "new");
		assertThat(result.target()).isEqualTo(real);
		assertThat(link).isSymbolicLink();
		assertThat(real).hasContent("new");
		assertThat(DirectoryContent.of(this.directory)).containsExactly("link", "real", "real/f");
	}

	@Test
	void danglingLinkIsFollowedToWhereItPoints() throws Exception {
		Path link = Files.createSymbolicLink(this.directory.resolve("link"), Path.of("missing"));
		this.template.writeString(link, "new");
		assertThat(link).isSymbolicLink();
		assertThat(this.directory.resolve("missing")).hasContent("new");
	}

	@Test
	void danglingLinkIntoAMissingDirectoryIsRefused() throws Exception {
		Path link = Files.createSymbolicLink(this.directory.resolve("link"), Path.of("no/such/file"));
		assertThatExceptionOfType(TargetRejectedException.class)
			.isThrownBy(() -> this.template.writeString(link, "new"))
			.withMessageContaining("does not exist");
		assertThat(Files.isSymbolicLink(link)).isTrue();
	}

	@Test
	void pathThroughADanglingLinkIsRefused() throws Exception {
		Files.createSymbolicLink(this.directory.resolve("link"), Path.of("missing"));
		assertThatExceptionOfType(TargetRejectedException.class)
			.isThrownBy(() -> this.template.writeString(this.directory.resolve("link/f"), "new"))
			.withMessageContaining("dangling symbolic link");
	}

	@Test
	void linkLoopIsRefused() throws Exception {
		Path a = Files.createSymbolicLink(this.directory.resolve("a"), Path.of("b"));
		Files.createSymbolicLink(this.directory.resolve("b"), Path.of("a"));
		assertThatExceptionOfType(TargetRejectedException.class).isThrownBy(() -> this.template.writeString(a, "new"))
			.withMessageContaining("circle");
	}

	@Test
	void linkIsReplacedOnRequest() throws Exception {
		Path real = Files.writeString(this.directory.resolve("real"), "old");
		Path link = Files.createSymbolicLink(this.directory.resolve("link"), Path.of("real"));
		this.template.writeString(link, "new",
				WriteOptions.engineDefaults().toBuilder().symlinks(SymlinkPolicy.REPLACE).build());
		assertThat(Files.isRegularFile(link, LinkOption.NOFOLLOW_LINKS)).isTrue();
		assertThat(link).hasContent("new");
		assertThat(real).hasContent("old");
	}

	@Test
	void linkIsRejectedOnRequest() throws Exception {
		Path real = Files.writeString(this.directory.resolve("real"), "old");
		Path link = Files.createSymbolicLink(this.directory.resolve("link"), Path.of("real"));
		assertThatExceptionOfType(TargetRejectedException.class).isThrownBy(() -> this.template.writeString(link, "new",
				WriteOptions.engineDefaults().toBuilder().symlinks(SymlinkPolicy.REJECT).build()));
		assertThat(real).hasContent("old");
	}

	@ParameterizedTest
	@EnumSource(SymlinkPolicy.class)
	void linkAndItsFileHaveOneLock(SymlinkPolicy policy) throws Exception {
		Path real = Files.writeString(this.directory.resolve("real"), "old");
		Path link = Files.createSymbolicLink(this.directory.resolve("link"), Path.of("real"));
		try (LockLease lease = this.locks.acquire(real, LockRequest.failFast())) {
			WriteOptions options = WriteOptions.engineDefaults()
				.toBuilder()
				.lock(LockRequest.failFast())
				.symlinks(policy)
				.build();
			CompletableFuture<WriteResult> write = CompletableFuture
				.supplyAsync(() -> this.template.writeString(link, "new", options));
			await().until(write::isDone);
			assertThat(write).isCompletedExceptionally();
		}
		assertThat(real).hasContent("old");
		assertThat(this.locks.inspect(link).state()).isEqualTo(LockInfo.State.FREE);
	}

	@ParameterizedTest
	@ValueSource(strings = { "directory", "fifo", "socket", "device" })
	@RequiresRoot
	void whatIsNoRegularFileIsRefused(String kind) throws Exception {
		Path target = this.directory.resolve(kind);
		switch (kind) {
			case "directory" -> Files.createDirectory(target);
			case "fifo" -> Shell.run("mkfifo", target.toString());
			case "device" -> Shell.run("mknod", target.toString(), "c", "1", "3");
			default -> Shell.run("python3", "-c", "import socket,sys; socket.socket(socket.AF_UNIX).bind(sys.argv[1])",
					target.toString());
		}
		assertThatExceptionOfType(TargetRejectedException.class)
			.isThrownBy(() -> this.template.writeString(target, "new"))
			.withMessageContaining(kind.equals("fifo") ? "FIFO" : kind)
			.withMessageContaining("only regular files");
		assertThat(DirectoryContent.of(this.directory)).containsExactly(kind);
	}

	@ParameterizedTest
	@ValueSource(strings = { "file/x", "file/x/y" })
	void pathThroughAFileIsRefused(String path) throws Exception {
		Files.writeString(this.directory.resolve("file"), "x");
		assertThatExceptionOfType(TargetRejectedException.class)
			.isThrownBy(() -> this.template.writeString(this.directory.resolve(path), "new"))
			.withMessageContaining("a part of the path is a file");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", ".", "..", "/" })
	void nameOfADirectoryIsRefused(String path) {
		assertThatExceptionOfType(TargetRejectedException.class)
			.isThrownBy(() -> this.template.writeString(Path.of(path), "new"))
			.withMessageContaining("is a directory");
	}

	@Test
	@RequiresRoot
	void fileThatIsAMountPointIsFoundOutBeforeAnyChange() throws Exception {
		Path target = Files.writeString(this.directory.resolve("mounted"), "inside");
		Path source = Files.writeString(this.directory.resolve("source"), "outside");
		RecordingFileOps files = new RecordingFileOps(FileOps.system());
		try (Mounted mount = Mounted.bind(source, target)) {
			AtomicFileTemplate recorded = AtomicFileTemplate.builder().files(files).build();
			await().untilAsserted(() -> assertThat(FileOps.system().isMountPoint(target)).isTrue());
			assertThatExceptionOfType(TargetRejectedException.class)
				.isThrownBy(() -> recorded.writeString(target, "new"))
				.withMessageContaining("mount point")
				.withMessageContaining("mount its directory");
			assertThat(files.calls()).extracting(FileCall::op).noneMatch(FileCall.Op::changing);
			assertThat(target).hasContent("outside");
		}
	}

	@Test
	void longestNamesWork() {
		for (String name : new String[] { "x".repeat(255), "é".repeat(127), "𝄞".repeat(63) }) {
			Path target = this.directory.resolve(name);
			this.template.writeString(target, "one");
			this.template.writeString(target, "two");
			assertThat(target).hasContent("two");
		}
		assertThat(DirectoryContent.of(this.directory)).hasSize(3);
	}

	@Test
	void tooLongNameIsRefusedByName() {
		assertThatExceptionOfType(io.atomicwrite.WriteFailedException.class)
			.isThrownBy(() -> this.template.writeString(this.directory.resolve("x".repeat(256)), "one"))
			.withMessageContaining("File name too long")
			.satisfies((ex) -> assertThat(ex.outcome()).isEqualTo(WriteOutcome.NOT_COMMITTED));
	}

	@Test
	void existingTargetFailsBeforeStaging() throws Exception {
		Path target = Files.writeString(this.directory.resolve("f"), "old");
		RecordingFileOps files = new RecordingFileOps(FileOps.system());
		assertThatExceptionOfType(TargetExistsException.class).isThrownBy(() -> AtomicFileTemplate.builder()
			.files(files)
			.build()
			.writeString(target, "new", WriteOptions.engineDefaults().toBuilder().overwrite(false).build()));
		assertThat(files.calls()).extracting(FileCall::op).doesNotContain(FileCall.Op.CREATE);
		assertThat(target).hasContent("old");
	}

	@Test
	void targetThatComesIntoBeingMeanwhileIsNotOverwritten() throws Exception {
		Path target = this.directory.resolve("f");
		WriteOptions options = WriteOptions.engineDefaults().toBuilder().overwrite(false).build();
		assertThatExceptionOfType(TargetExistsException.class).isThrownBy(() -> this.template.write(target, (out) -> {
			out.write(1);
			Files.writeString(target, "theirs");
		}, options));
		assertThat(target).hasContent("theirs");
		assertThat(DirectoryContent.of(this.directory)).containsExactly("f");
	}

	@Test
	void missingDirectoriesAreCreatedUnlessToldNotTo() {
		Path target = this.directory.resolve("a/b/f");
		assertThatExceptionOfType(TargetRejectedException.class).isThrownBy(() -> this.template.writeString(target, "x",
				WriteOptions.engineDefaults().toBuilder().createDirectories(false).build()));
		assertThat(DirectoryContent.of(this.directory)).isEmpty();
		this.template.writeString(target, "x");
		assertThat(target).hasContent("x");
	}

	@Test
	void createdDirectoriesAreRemovedWhenTheWriteFails() {
		assertThatExceptionOfType(IllegalStateException.class)
			.isThrownBy(() -> this.template.write(this.directory.resolve("a/b/f"), (out) -> {
				throw new IllegalStateException("no content");
			}));
		assertThat(DirectoryContent.of(this.directory)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "../f", "a/../../f", "link/f", "linkfile" })
	void baseDirectoryIsNotLeft(String path) throws Exception {
		Path base = Files.createDirectory(this.directory.resolve("base"));
		Path outside = Files.createDirectory(this.directory.resolve("outside"));
		Files.createSymbolicLink(base.resolve("link"), outside);
		Files.createSymbolicLink(base.resolve("linkfile"), outside.resolve("f"));
		Files.createDirectory(base.resolve("a"));
		AtomicFileTemplate confined = AtomicFileTemplate.builder().baseDirectory(base).build();
		assertThatExceptionOfType(TargetRejectedException.class)
			.isThrownBy(() -> confined.writeString(Path.of(path), "x"))
			.withMessageContaining("leaves the base directory");
		assertThat(outside).isEmptyDirectory();
		assertThat(this.directory.resolve("f")).doesNotExist();
	}

	@Test
	void absolutePathOutsideOfTheBaseDirectoryIsRefusedAndRelativeOnesAreResolvedInIt() throws Exception {
		Path base = this.directory.resolve("base");
		AtomicFileTemplate confined = AtomicFileTemplate.builder().baseDirectory(base).build();
		assertThatExceptionOfType(TargetRejectedException.class)
			.isThrownBy(() -> confined.writeString(this.directory.resolve("f"), "x"));
		confined.writeString(Path.of("sub/f"), "x");
		assertThat(base.resolve("sub/f")).hasContent("x");
		assertThat(confined.readString(base.resolve("sub/f"))).isEqualTo("x");
		Files.writeString(this.directory.resolve("secret"), "s");
		assertThatExceptionOfType(TargetRejectedException.class).isThrownBy(() -> confined.read(Path.of("../secret")));
	}

	@Test
	@RequiresRoot
	void directoryThatCanNotBeReadIsFoundOutBeforeAnythingIsWritten() throws Exception {
		Path closed = Files.createDirectory(this.directory.resolve("wx"));
		Path target = Files.writeString(closed.resolve("f"), "old");
		io.atomicwrite.test.fault.FaultyFileOps files = new io.atomicwrite.test.fault.FaultyFileOps(FileOps.system());
		files.fail((call) -> call.op() == FileCall.Op.OPEN_DIRECTORY, 1,
				new java.nio.file.AccessDeniedException(closed.toString()));
		assertThatExceptionOfType(CapabilityNotSupportedException.class)
			.isThrownBy(() -> AtomicFileTemplate.builder().files(files).build().writeString(target, "new"))
			.withMessageContaining("read permission");
		assertThat(target).hasContent("old");
	}

}
