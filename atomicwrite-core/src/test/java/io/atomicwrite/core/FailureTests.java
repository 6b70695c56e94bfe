package io.atomicwrite.core;

import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

import io.atomicwrite.AtomicWriteException;
import io.atomicwrite.CrossDeviceException;
import io.atomicwrite.IoErrorKind;
import io.atomicwrite.LockNotAcquiredException;
import io.atomicwrite.SafetyPolicy;
import io.atomicwrite.UnsupportedEnvironmentException;
import io.atomicwrite.WriteFailedException;
import io.atomicwrite.WriteOutcome;
import io.atomicwrite.WritePhase;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.lock.LockLease;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.lock.LockRequest;
import io.atomicwrite.test.DirectoryContent;
import io.atomicwrite.test.Mounted;
import io.atomicwrite.test.RequiresRoot;
import io.atomicwrite.test.Shell;
import io.atomicwrite.test.WriteFaults;
import io.atomicwrite.test.fault.FaultyFileOps;
import io.atomicwrite.test.fault.FileCall;
import io.atomicwrite.test.fault.FileCall.Op;
import io.atomicwrite.test.fault.InterceptingFileOps;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/**
 * What goes wrong, told truly; interrupts; closing.
 */
class FailureTests {

	private final FaultyFileOps files = new FaultyFileOps(FileOps.system());

	private final LockRegistry locks = LockRegistry.file();

	private final AtomicFileTemplate template = AtomicFileTemplate.builder()
		.files(this.files)
		.locks(this.locks)
		.build();

	private AtomicFileTemplate closed = this.template;

	@TempDir
	private Path temp;

	private Path directory;

	private Path target;

	@BeforeEach
	void target() throws Exception {
		this.directory = this.temp.toRealPath();
		this.target = Files.writeString(this.directory.resolve("f"), "old");
	}

	private WriteFaults check() {
		return new WriteFaults(this.directory, UnaryOperator.identity());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			CREATE | STAGE | No space left on device | free space
			CREATE | STAGE | Too many open files | limit of open files
			WRITE | STAGE | Disk quota exceeded | quota
			WRITE | STAGE | Input/output error | do not trust
			SET_MODE | METADATA | Operation not permitted | ModePolicy.umask()
			RENAME | COMMIT | Operation not permitted | chattr
			CREATE | STAGE | Operation not permitted | chattr
			SYNC | SYNC | Input/output error | check the device
			CLOSE | SYNC | Input/output error | check the device
			RENAME | COMMIT | Read-only file system | remount
			RENAME | COMMIT | Device or resource busy | mount its directory
			""")
	void messageNamesFileCauseAndRemedy(Op op, WritePhase phase, String error, String remedy) {
		this.files.fail((call) -> call.op() == op, 1, error);
		assertThatExceptionOfType(WriteFailedException.class)
			.isThrownBy(() -> this.template.writeString(this.target, "new"))
			.withMessageStartingWith(this.target + ": " + error)
			.withMessageContaining("the target is as it was")
			.withMessageContaining(remedy)
			.satisfies((ex) -> {
				assertThat(ex.phase()).isEqualTo(phase);
				assertThat(ex.outcome()).isEqualTo(WriteOutcome.NOT_COMMITTED);
				assertThat(ex.target()).isEqualTo(this.target);
			});
		assertThat(this.target).hasContent("old");
		assertThat(DirectoryContent.of(this.directory)).containsExactly("f");
	}

	@Test
	void errorOfOldContentIsNotOneOfTheStagingFile() {
		this.files.persistently()
			.fail((call) -> call.op() == Op.OPEN_READ && call.path().equals(this.target), 1,
					new AccessDeniedException(this.target.toString()));
		assertThatExceptionOfType(WriteFailedException.class)
			.isThrownBy(() -> this.template.append(this.target, new byte[1]))
			.withMessageContaining("Permission denied while reading the old content")
			.withMessageContaining("read permission on the file");
		assertThat(this.target).hasContent("old");
	}

	@Test
	void errorOfADirectoryToBeCreatedNamesIt() {
		Path missing = this.directory.resolve("a");
		this.files.fail((call) -> call.op() == Op.CREATE_DIRECTORY, 1, new AccessDeniedException(missing.toString()));
		assertThatExceptionOfType(WriteFailedException.class)
			.isThrownBy(() -> this.template.writeString(missing.resolve("f"), "new"))
			.withMessageContaining("Permission denied while creating the directory " + missing)
			.withMessageContaining("on the directory above")
			.withMessageNotContaining("locking")
			.satisfies((ex) -> {
				assertThat(ex.problem().error()).hasValue(IoErrorKind.ACCESS_DENIED);
				assertThat(ex.problem().obstacle()).hasValue(missing);
			});
	}

	@Test
	void refusedRenameIsTold() {
		this.files.fail((call) -> call.op() == Op.RENAME, 1, new AccessDeniedException("f"));
		assertThatExceptionOfType(WriteFailedException.class)
			.isThrownBy(() -> this.template.writeString(this.target, "new"))
			.withMessageContaining("Permission denied");
		this.files.fail((call) -> call.op() == Op.RENAME, 1,
				new java.nio.file.AtomicMoveNotSupportedException("a", "b", "Invalid cross-device link"));
		assertThatExceptionOfType(CrossDeviceException.class)
			.isThrownBy(() -> this.template.writeString(this.target, "new"));
		assertThat(DirectoryContent.of(this.directory)).containsExactly("f");
	}

	@Test
	void renameWhoseAnswerIsLostIsIndeterminateAndNothingIsDeleted() throws Exception {
		check().renameWhoseAnswerIsLostIsIndeterminateAndNothingIsDeleted();
	}

	@ParameterizedTest
	@EnumSource(SafetyPolicy.class)
	void failedDirectorySyncIsNeverHiddenAndNeverRepeated(SafetyPolicy safety) throws Exception {
		check().failedDirectorySyncIsNeverHiddenAndNeverRepeated(safety);
	}

	/**
	 * As xfs does that an error has shut down; {@code evidence/power-cuts} has seen it.
	 */
	@ParameterizedTest
	@EnumSource(names = { "CREATE", "WRITE", "SET_MODE", "SYNC", "RENAME", "SYNC_DIRECTORY", "UNLOCK" })
	void interruptWithinTheWriteEndsNothingAndIsKept(Op op) {
		InterceptingFileOps interrupting = new InterceptingFileOps(FileOps.system()) {

			@Override
			protected <T extends @Nullable Object> T intercept(FileCall call, Action<T> action)
					throws java.io.IOException {
				if (call.op() == op) {
					Thread.currentThread().interrupt();
				}
				return action.run();
			}

		};
		WriteResult result = AtomicFileTemplate.builder().files(interrupting).build().writeString(this.target, "new");
		assertThat(Thread.interrupted()).isTrue();
		assertThat(result.outcome()).isEqualTo(WriteOutcome.DURABLE);
		assertThat(this.target).hasContent("new");
	}

	@Test
	void interruptedThreadWritesAsLongAsItNeedNotWait() {
		Thread.currentThread().interrupt();
		this.template.write(this.target, new byte[1_000_000]);
		assertThat(Thread.interrupted()).isTrue();
		assertThat(this.target).hasSize(1_000_000);
	}

	@Test
	void interruptsFromOutsideDoNotCloseFiles() throws Exception {
		Thread writer = new Thread(() -> this.template.write(this.target, (out) -> {
			for (int i = 0; i < 400; i++) {
				out.write(new byte[64 * 1024]);
			}
		}));
		AtomicReference<Throwable> failure = new AtomicReference<>();
		writer.setUncaughtExceptionHandler((thread, ex) -> failure.set(ex));
		writer.start();
		while (writer.isAlive()) {
			writer.interrupt();
			Thread.onSpinWait();
		}
		assertThat(failure.get()).isNull();
		assertThat(this.target).hasSize(400L * 64 * 1024);
	}

	@Test
	void leaseThatIsLostBeforeTheCommitStopsIt() throws Exception {
		check().leaseThatIsLostBeforeTheCommitStopsIt();
	}

	@Test
	void busyTargetIsToldWithItsHolder() throws Exception {
		try (LockLease lease = this.locks.acquire(this.target, LockRequest.failFast())) {
			List<Throwable> thrown = new ArrayList<>();
			Thread other = new Thread(() -> {
				try {
					this.template.writeString(this.target, "new",
							WriteOptions.engineDefaults().toBuilder().lock(LockRequest.failFast()).build());
				}
				catch (AtomicWriteException ex) {
					thrown.add(ex);
				}
			});
			other.start();
			other.join();
			assertThat(thrown).singleElement()
				.isInstanceOf(LockNotAcquiredException.class)
				.asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.THROWABLE)
				.hasMessageContaining("locked by thread '" + Thread.currentThread().getName() + "'");
			// the holder itself is not kept out by its own lease
			this.template.writeString(this.target, "mine");
		}
		assertThat(this.target).hasContent("mine");
	}

	@Test
	@RequiresRoot
	void fullFilesystem() throws Exception {
		Path mounted = Files.createDirectory(this.directory.resolve("mounted"));
		WriteOptions options = WriteOptions.engineDefaults().toBuilder().safety(SafetyPolicy.BEST_EFFORT).build();
		try (Mounted mount = Mounted.tmpfs(mounted, "size=256k")) {
			Path file = mounted.resolve("f");
			this.template.writeString(file, "old", options);
			assertThatExceptionOfType(WriteFailedException.class)
				.isThrownBy(() -> this.template.write(file, new byte[1 << 20], options))
				.withMessageContaining("No space left on device")
				.satisfies((ex) -> assertThat(ex.phase()).isEqualTo(WritePhase.STAGE));
			assertThat(file).hasContent("old");
			assertThat(DirectoryContent.of(mounted)).containsExactly("f");
			this.template.writeString(file, "new", options);
		}
	}

	@Test
	@RequiresRoot
	void filesystemThatBecomesReadOnly() throws Exception {
		Path mounted = Files.createDirectory(this.directory.resolve("mounted"));
		WriteOptions careless = WriteOptions.engineDefaults().toBuilder().safety(SafetyPolicy.BEST_EFFORT).build();
		try (Mounted mount = Mounted.image(this.directory.resolve("image"), mounted, "mkfs.ext4", "-q", "-F")) {
			Path file = mounted.resolve("f");
			this.template.writeString(file, "old");
			mount.remount("ro");
			await().untilAsserted(() -> assertThatExceptionOfType(UnsupportedEnvironmentException.class)
				.isThrownBy(() -> this.template.writeString(file, "new"))
				.withMessageContaining("read-only"));
			assertThatExceptionOfType(AtomicWriteException.class)
				.isThrownBy(() -> this.template.writeString(file, "new", careless))
				.withMessageContaining("Read-only file system");
			assertThat(file).hasContent("old");
			mount.remount("rw");
		}
	}

	@Test
	@RequiresRoot
	void anotherUserWithoutPermission() throws Exception {
		Shell.run("chmod", "0755", this.directory.toString());
		String message = Shell.run("setpriv", "--reuid=65534", "--clear-groups", "sh", "-c", "\"$@\" 2>&1 || true",
				"sh", ProcessHandle.current().info().command().orElse("java"), "-cp",
				System.getProperty("java.class.path"), MetadataTests.WriteOnce.class.getName(), this.target.toString(),
				"-");
		assertThat(message).contains(this.target + ": ", "Permission denied");
		assertThat(this.target).hasContent("old");
		assertThat(DirectoryContent.of(this.directory)).containsExactly("f");
	}

	@Test
	void listenersAreToldAndTheirFailuresSwallowed() {
		List<String> events = new ArrayList<>();
		AtomicFileTemplate told = AtomicFileTemplate.builder().files(this.files).listener(new WriteListener() {

			@Override
			public void started(WriteAttempt attempt) {
				events.add("started " + attempt.target().getFileName());
				throw new IllegalStateException("listener");
			}

			@Override
			public void completed(WriteAttempt attempt, WriteResult result) {
				events.add("completed " + result.size());
				throw new IllegalStateException("listener");
			}

			@Override
			public void failed(WriteAttempt attempt, Throwable failure) {
				events.add("failed " + failure.getClass().getSimpleName());
				throw new IllegalStateException("listener");
			}

			@Override
			public void discarded(WriteAttempt attempt) {
				events.add("discarded");
				throw new IllegalStateException("listener");
			}

		}).build();
		told.writeString(this.target, "new");
		told.open(this.target).close();
		this.files.fail((call) -> call.op() == Op.CREATE, 1, "Input/output error");
		assertThatExceptionOfType(WriteFailedException.class).isThrownBy(() -> told.writeString(this.target, "newer"));
		assertThat(events).containsExactly("started f", "completed 3", "started f", "discarded", "started f",
				"failed WriteFailedException");
	}

	@Test
	void closingWaitsForWritesUnderWayAndRefusesNewOnes() throws Exception {
		CountDownLatch begun = new CountDownLatch(1);
		CountDownLatch finish = new CountDownLatch(1);
		Thread writer = new Thread(() -> this.template.write(this.target, (out) -> {
			begun.countDown();
			await().until(() -> finish.getCount() == 0);
			out.write('x');
		}));
		writer.start();
		begun.await();
		Thread closer = new Thread(this.template::close);
		closer.start();
		await().untilAsserted(() -> assertThatIllegalStateException()
			.isThrownBy(() -> this.template.writeString(this.directory.resolve("g"), "x"))
			.withMessageContaining("closed"));
		assertThat(closer.isAlive()).isTrue();
		finish.countDown();
		closer.join();
		writer.join();
		assertThat(this.target).hasContent("x");
		assertThat(DirectoryContent.of(this.directory)).containsExactly("f");
	}

	@Test
	void writeThatBeginsWhileTheTemplateClosesLeavesNothing() {
		InterceptingFileOps closing = new InterceptingFileOps(FileOps.system()) {

			@Override
			protected <T extends @Nullable Object> T intercept(FileCall call, Action<T> action)
					throws java.io.IOException {
				T result = action.run();
				if (call.op() == Op.CREATE) {
					// as if the grace had passed; the interrupt ends the wait for this
					// very write
					Thread.currentThread().interrupt();
					FailureTests.this.closed.close();
				}
				return result;
			}

		};
		this.closed = AtomicFileTemplate.builder().files(closing).locks(this.locks).build();
		assertThatIllegalStateException().isThrownBy(() -> this.closed.writeString(this.target, "new"))
			.withMessageContaining("has ended");
		assertThat(Thread.interrupted()).isTrue();
		assertThat(this.target).hasContent("old");
		assertThat(DirectoryContent.of(this.directory)).containsExactly("f");
		assertThat(this.locks.held()).isEmpty();
	}

}
