package io.atomicwrite.maintenance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;

import io.atomicwrite.artifact.ArtifactKind;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.StagedWrite;
import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.FileStat;
import io.atomicwrite.fs.ForwardingFileOps;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.lock.LockRequest;
import io.atomicwrite.test.DirectoryContent;
import io.atomicwrite.test.ForkedJvm;
import io.atomicwrite.test.RequiresCommand;
import io.atomicwrite.test.RequiresRoot;
import io.atomicwrite.test.Shell;
import io.atomicwrite.test.fault.FaultyFileOps;
import io.atomicwrite.test.fault.FileCall;
import io.atomicwrite.test.fault.FileCall.Op;
import io.atomicwrite.test.fault.InterceptingFileOps;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which staging files are orphans, with writers of this JVM and of others.
 */
class OrphanSweepTests {

	private static final SweepOptions AT_ONCE = SweepOptions.builder().orphanAge(Duration.ZERO).build();

	@TempDir
	private Path directory;

	private final LockRegistry locks = LockRegistry.file();

	private final AtomicFileTemplate template = AtomicFileTemplate.builder().locks(this.locks).build();

	@AfterEach
	void close() {
		this.template.close();
		this.locks.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "wait", "none" })
	void aWriteOfThisThreadIsAlive(String policy) throws IOException {
		WriteOptions options = policy.equals("none")
				? WriteOptions.engineDefaults().toBuilder().lock(LockRequest.none()).build()
				: WriteOptions.engineDefaults();
		for (int length : new int[] { 1, 233, 234, 240, 251, 255 }) {
			try (StagedWrite write = this.template.open(this.directory.resolve("x".repeat(length)), options)) {
				write.output().write(1);
				write.output().flush();
				SweepReport report = sweep(FileOps.system());
				assertThat(report.total().count()).isZero();
				assertThat(report.alive()).isOne();
				write.commit();
			}
			assertThat(this.directory.resolve("x".repeat(length))).exists();
		}
	}

	@Test
	void aWriteOfThisThreadThatReplacesALinkIsAlive() throws IOException {
		Path link = Files.createSymbolicLink(this.directory.resolve("link"), Path.of("elsewhere"));
		WriteOptions options = WriteOptions.engineDefaults()
			.toBuilder()
			.symlinks(io.atomicwrite.core.SymlinkPolicy.REPLACE)
			.build();
		try (StagedWrite write = this.template.open(link, options)) {
			assertThat(sweep(FileOps.system()).alive()).isOne();
			write.commit();
		}
		assertThat(link).isRegularFile();
	}

	@ParameterizedTest
	@ValueSource(strings = { "open", "open without lease" })
	void aWriteOfAnotherProcessIsAliveUntilItIsKilled(String command) throws IOException {
		for (FileOps files : new FileOps[] { FileOps.system(), seesNoOtherProcess() }) {
			Path target = this.directory.resolve("a");
			try (ForkedJvm writer = ForkedJvm.start(WriterPeer.class, target.toString())) {
				assertThat(writer.ask(command)).isEqualTo("done");
				SweepReport report = sweep(files);
				assertThat(report.alive()).isOne();
				assertThat(report.total().count()).isZero();
				assertThat(writer.ask("commit")).isEqualTo("done");
				assertThat(target).hasBinaryContent(new byte[] { 1 });

				assertThat(writer.ask(command)).isEqualTo("done");
				writer.kill();
				assertThat(sweep(files).removed(ArtifactKind.STAGING).count()).isOne();
			}
			assertThat(target).hasBinaryContent(new byte[] { 1 });
			sweep(FileOps.system());
		}
	}

	/** To its clock, what was written just now is of the day after tomorrow. */
	@ParameterizedTest
	@ValueSource(strings = { "open", "open without lease" })
	@RequiresCommand("faketime")
	void aProcessWhoseClockWasSetBackSweepsWhatTheDeadLeftAlone(String command) throws IOException {
		String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
		Path target = this.directory.resolve("a");
		try (ForkedJvm writer = ForkedJvm.start(WriterPeer.class, target.toString());
				ForkedJvm sweeper = ForkedJvm.command(List.of("env", "NO_FAKE_STAT=1", "DONT_FAKE_MONOTONIC=1",
						"FAKETIME_DONT_FAKE_MONOTONIC=1", "faketime", "-f", "-2d", java, "-cp", ForkedJvm.classPath(),
						SweeperPeer.class.getName(), this.directory.toString()))) {
			assertThat(writer.ask(command)).isEqualTo("done");
			assertThat(sweeper.ask("sweep")).isEqualTo("0 removed, 1 alive, 1 of tomorrow");
			assertThat(writer.ask("commit")).isEqualTo("done");
			assertThat(writer.ask(command)).isEqualTo("done");
			writer.kill();
			assertThat(sweeper.ask("sweep")).isEqualTo("1 removed, 0 alive, 1 of tomorrow");
		}
		assertThat(target).hasBinaryContent(new byte[] { 1 });
	}

	@Test
	void aStagingFileOfTheFutureGoesIfItsWriterIsGone() throws IOException {
		Path orphan = new Leftovers(this.directory).staging("a");
		Files.setLastModifiedTime(orphan, FileTime.from(Instant.now().plus(Duration.ofDays(1))));
		Path near = new Leftovers(this.directory).staging("b");
		Files.setLastModifiedTime(near, FileTime.from(Instant.now().plusSeconds(20)));
		SweepReport report = new Housekeeper(FileOps.system(), this.locks, InstantSource.system(),
				Duration.ofMillis(20))
			.sweep(this.directory, SweepOptions.builder().orphanAge(Duration.ofHours(1)).build());
		assertThat(report.removed(ArtifactKind.STAGING).count()).isOne();
		assertThat(report.young()).containsEntry(ArtifactKind.STAGING, 1L);
		assertThat(orphan).doesNotExist();
		assertThat(near).exists();
	}

	@Test
	@RequiresRoot
	void aWriteInAnotherPidNamespaceIsAlive() throws IOException {
		String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
		try (ForkedJvm writer = ForkedJvm
			.command(List.of("unshare", "--pid", "--fork", "--mount-proc", "--kill-child", java, "-cp",
					ForkedJvm.classPath(), WriterPeer.class.getName(), this.directory.resolve("a").toString()))) {
			assertThat(writer.ask("open without lease")).isEqualTo("done");
			assertThat(sweep(FileOps.system()).alive()).isOne();
			assertThat(writer.ask("commit")).isEqualTo("done");
		}
		assertThat(DirectoryContent.of(this.directory)).containsExactly("a");
	}

	@Test
	void anOrphanThatMayOnlyBeReadGoes() throws IOException {
		Path orphan = new Leftovers(this.directory).staging("a");
		Files.setPosixFilePermissions(orphan, PosixFilePermissions.fromString("r--r--r--"));
		FaultyFileOps denied = new FaultyFileOps(FileOps.system()).persistently();
		denied.fail((call) -> call.op() == Op.OPEN_LOCK && call.path().endsWith(orphan.getFileName()), 1,
				new java.nio.file.AccessDeniedException("f"));
		assertThat(sweep(denied).removed(ArtifactKind.STAGING).count()).isOne();
		assertThat(denied.hit()).isTrue();
	}

	@Test
	void whereThereAreNoLocksNothingIsShownAndNothingGoes() throws IOException {
		new Leftovers(this.directory).staging("a");
		FaultyFileOps none = new FaultyFileOps(FileOps.system()).persistently();
		none.fail((call) -> call.op() == Op.LOCK && call.path().toString().endsWith(".tmp"), 1, "No locks available");
		SweepReport report = sweep(none);
		assertThat(report.total().count()).isZero();
		assertThat(report.alive()).isOne();
		assertThat(report.failures()).hasSize(1);
	}

	@Test
	void aFileThatChangesBetweenTheLooksIsAlive() throws IOException {
		Path orphan = new Leftovers(this.directory).staging("a");
		AtomicInteger looks = new AtomicInteger();
		FileOps changing = new InterceptingFileOps(FileOps.system()) {

			@Override
			protected <T extends @Nullable Object> T intercept(FileCall call, Action<T> action) throws IOException {
				if (call.op() == Op.STAT && call.path().endsWith(orphan.getFileName())
						&& looks.incrementAndGet() == 2) {
					Files.writeString(orphan, "more");
				}
				return action.run();
			}

		};
		assertThat(sweep(changing).alive()).isOne();
		assertThat(orphan).hasContent("more");
	}

	@Test
	void theLooksAreApart() throws IOException {
		new Leftovers(this.directory).staging("a");
		SweepReport report = new Housekeeper(FileOps.system(), this.locks, InstantSource.system()).sweep(this.directory,
				AT_ONCE);
		assertThat(report.removed(ArtifactKind.STAGING).count()).isOne();
		assertThat(report.elapsed()).isGreaterThanOrEqualTo(Duration.ofSeconds(2));
	}

	@Test
	void theLeaseAndTheLockAreHeldWhileItIsDeleted() throws IOException {
		Path orphan = new Leftovers(this.directory).staging("a");
		String[] seen = new String[2];
		FileOps looking = new InterceptingFileOps(FileOps.system()) {

			@Override
			protected <T extends @Nullable Object> T intercept(FileCall call, Action<T> action) throws IOException {
				if (call.op() == Op.DELETE && call.path().endsWith(orphan.getFileName())) {
					seen[0] = tryLock(orphan);
					seen[1] = tryLock(orphan.resolveSibling("a.lock"));
				}
				return action.run();
			}

		};
		sweep(looking);
		assertThat(seen).containsOnly("held");
	}

	private static String tryLock(Path file) {
		return Shell.run("python3", "-c", """
				import fcntl, sys
				try:
				    fcntl.lockf(open(sys.argv[1], 'r+'), fcntl.LOCK_EX | fcntl.LOCK_NB)
				    print('free')
				except OSError:
				    print('held')
				""", file.toString()).trim();
	}

	/** As in a container that has processes of its own. */
	private static FileOps seesNoOtherProcess() {
		return new ForwardingFileOps(FileOps.system()) {

			@Override
			public OptionalLong lockHolder(FileStat file) {
				return OptionalLong.empty();
			}

		};
	}

	private SweepReport sweep(FileOps files) {
		return new Housekeeper(files, this.locks, InstantSource.system(), Duration.ofMillis(20)).sweep(this.directory,
				AT_ONCE);
	}

}
