package io.atomicwrite.rules;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

import io.atomicwrite.AtomicWriteException;
import io.atomicwrite.Capability;
import io.atomicwrite.CapabilityNotSupportedException;
import io.atomicwrite.DurabilityUnknownException;
import io.atomicwrite.SafetyPolicy;
import io.atomicwrite.WriteFailedException;
import io.atomicwrite.WriteOutcome;
import io.atomicwrite.backup.BackupPolicy;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.WriteAttempt;
import io.atomicwrite.core.WriteListener;
import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.core.WriteResult;
import io.atomicwrite.fs.DirectoryHandle;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.ForwardingFileOps;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.lock.LockRequest;
import io.atomicwrite.test.fault.FaultyFileOps;
import io.atomicwrite.test.fault.FileCall;
import io.atomicwrite.test.fault.FileCall.Op;
import io.atomicwrite.test.fault.InterceptingFileOps;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Writes, moves and deletes are one protocol: what one of them keeps to, all of them do.
 */
class OneProtocolTests {

	private static final String ENGINE = "io.atomicwrite.core.";

	@TempDir
	private Path directory;

	private final FaultyFileOps files = new FaultyFileOps(FileOps.system());

	private final Events events = new Events();

	private Path target;

	@BeforeEach
	void paths() {
		this.target = this.directory.resolve(Change.TARGET);
	}

	private void prepare(Change change) throws IOException {
		change.prepare(this.directory);
		if (!change.needsFreeName()) {
			Files.writeString(this.target, Change.OLD);
		}
	}

	private AtomicFileTemplate template(FileOps operations, WriteOptions defaults, LockRegistry locks) {
		return AtomicFileTemplate.builder()
			.files(operations)
			.locks(locks)
			.defaults(defaults)
			.listener(this.events)
			.build();
	}

	private AtomicFileTemplate template(FileOps operations, WriteOptions defaults) {
		return template(operations, defaults, LockRegistry.fileBuilder().files(operations).build());
	}

	@ParameterizedTest
	@EnumSource
	void listenersSeeEachFromItsStartToItsEnd(Change change) throws Exception {
		prepare(change);
		change.run(template(this.files, WriteOptions.engineDefaults()), this.target, this.directory);
		assertThat(this.events.names).containsExactly("started", "completed");
		assertThat(this.events.targets).containsOnly(this.target);
	}

	@ParameterizedTest
	@EnumSource
	void listenersSeeEachFailure(Change change) throws Exception {
		prepare(change);
		this.files.fail((call) -> call.op() == Op.OPEN_LOCK, 1, "Input/output error");
		AtomicFileTemplate template = template(this.files, WriteOptions.engineDefaults());
		assertThatExceptionOfType(AtomicWriteException.class)
			.isThrownBy(() -> change.run(template, this.target, this.directory));
		assertThat(this.events.names).containsExactly("started", "failed");
	}

	/** What is not there to delete is no failure, and no deletion either. */
	@ParameterizedTest
	@EnumSource(names = "DELETE")
	void deleteOfNothingIsGivenUp(Change change) {
		change.run(template(this.files, WriteOptions.engineDefaults()), this.target, this.directory);
		change.run(template(this.files, WriteOptions.engineDefaults()), this.directory.resolve("none/f"),
				this.directory);
		assertThat(this.events.names).containsExactly("started", "discarded", "started", "discarded");
	}

	@ParameterizedTest
	@EnumSource
	void errorOfAListenerFailsNothingThatIsCommitted(Change change) throws Exception {
		prepare(change);
		this.events.error = new NoClassDefFoundError("io/other/Missing");
		change.run(template(this.files, WriteOptions.engineDefaults()), this.target, this.directory);
		assertThat(this.events.names).containsExactly("started", "completed");
		String expected = change.result(change.needsFreeName() ? null : Change.OLD);
		if (expected != null) {
			assertThat(this.target).hasContent(expected);
		}
		else {
			assertThat(this.target).doesNotExist();
		}
	}

	/** One that may be searched and written, and not read. */
	@ParameterizedTest
	@EnumSource
	void directoryThatCanNotBeSyncedIsRefusedUnlessThePolicyLetsItPass(Change change) throws Exception {
		FileOps unreadable = new ForwardingFileOps(this.files) {
			@Override
			public DirectoryHandle openDirectory(Path path) throws IOException {
				throw new java.nio.file.AccessDeniedException(path.toString());
			}
		};
		prepare(change);
		AtomicFileTemplate strict = template(unreadable, WriteOptions.engineDefaults());
		assertThatExceptionOfType(CapabilityNotSupportedException.class)
			.isThrownBy(() -> change.run(strict, this.target, this.directory))
			.satisfies((ex) -> assertThat(ex.capability()).isEqualTo(Capability.DIRECTORY_SYNC));
		for (SafetyPolicy policy : List.of(SafetyPolicy.WARN, SafetyPolicy.BEST_EFFORT)) {
			Files.deleteIfExists(this.target);
			prepare(change);
			this.events.warnings.clear();
			this.events.results.clear();
			change.run(template(unreadable, WriteOptions.engineDefaults().toBuilder().safety(policy).build()),
					this.target, this.directory);
			assertThat(this.events.results).singleElement()
				.satisfies((result) -> assertThat(result.outcome()).isEqualTo(WriteOutcome.VISIBLE_NOT_DURABLE));
			assertThat(this.events.warnings).hasSize((policy == SafetyPolicy.WARN) ? 1 : 0);
		}
	}

	/**
	 * ext4 that gave up its journal: the first change that it refuses is that of the lock
	 * file.
	 */
	@ParameterizedTest
	@EnumSource
	void syncIsNotBelievedWhereTheLockFileCanNotGo(Change change) throws Exception {
		prepare(change);
		this.files.fail((call) -> call.op() == Op.DELETE && call.toString().contains(Change.TARGET + ".lock"), 1,
				"Read-only file system");
		AtomicFileTemplate template = template(this.files, WriteOptions.engineDefaults());
		assertThatExceptionOfType(DurabilityUnknownException.class)
			.isThrownBy(() -> change.run(template, this.target, this.directory));
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = { "DELETE", "UPDATE", "APPEND", "RESTORE" })
	void directoryThatCanNotBeCreatedIsNamed(Change change) throws Exception {
		change.prepare(this.directory);
		Path missing = this.directory.resolve("a");
		this.files.fail((call) -> call.op() == Op.CREATE_DIRECTORY, 2, "No space left on device");
		AtomicFileTemplate template = template(this.files, WriteOptions.engineDefaults());
		assertThatExceptionOfType(WriteFailedException.class)
			.isThrownBy(() -> change.run(template, missing.resolve("b/f.json"), this.directory))
			.withMessageContaining("No space left on device while creating the directory " + missing.resolve("b"))
			.satisfies((ex) -> assertThat(ex.outcome()).isEqualTo(WriteOutcome.NOT_COMMITTED));
		assertThat(missing).doesNotExist();
	}

	@ParameterizedTest
	@EnumSource
	void directoryThatIsReplacedMeanwhileIsNotFollowed(Change change) throws Exception {
		Path data = Files.createDirectory(this.directory.resolve("data"));
		Path other = Files.createDirectory(this.directory.resolve("other"));
		change.prepare(this.directory);
		for (Path place : List.of(data, other)) {
			if (!change.needsFreeName()) {
				Files.writeString(place.resolve(Change.TARGET), Change.OLD);
			}
		}
		AtomicInteger opened = new AtomicInteger();
		FileOps swapping = new ForwardingFileOps(this.files) {
			@Override
			public DirectoryHandle openDirectory(Path path) throws IOException {
				DirectoryHandle handle = super.openDirectory(path);
				if (path.equals(data) && opened.getAndIncrement() == 0) {
					Files.move(data, data.resolveSibling("moved"));
					Files.createSymbolicLink(data, other);
				}
				return handle;
			}
		};
		// with a lock, the look at its file would refuse the commit as well
		LockRequest lock = change.reads() ? LockRequest.failFast() : LockRequest.none();
		AtomicFileTemplate template = template(swapping, WriteOptions.engineDefaults().toBuilder().lock(lock).build());
		assertThatExceptionOfType(AtomicWriteException.class)
			.isThrownBy(() -> change.run(template, data.resolve(Change.TARGET), this.directory));
		assertThat(other.toFile().list())
			.containsExactlyElementsOf(change.needsFreeName() ? List.of() : List.of(Change.TARGET));
		if (!change.needsFreeName()) {
			assertThat(other.resolve(Change.TARGET)).hasContent(Change.OLD);
		}
	}

	/**
	 * Deep stacks hide the order of the calls: what is between is a phase and its step.
	 * Counted are the phases of a change by itself below the forms of the template, not
	 * the way back at its end, and not the old content that an append or a restore reads
	 * first.
	 */
	@ParameterizedTest
	@EnumSource
	void atMostFourFramesStandBetweenTheTemplateAndTheSeam(Change change) throws Exception {
		Map<String, Integer> depths = new TreeMap<>();
		FileOps counting = new InterceptingFileOps(FileOps.system()) {
			@Override
			protected <T extends @Nullable Object> T intercept(FileCall call, Action<T> action) throws IOException {
				List<String> between = StackWalker.getInstance()
					.walk((stack) -> stack.map((frame) -> frame.getClassName() + "." + frame.getMethodName())
						.filter((name) -> name.startsWith(ENGINE))
						.takeWhile((name) -> !name.contains("AtomicFileTemplate") && !name.contains("StagedWrite")
								&& !name.contains("WriteForms"))
						.toList());
				if (between.stream()
					.noneMatch((name) -> name.matches(".*(Undo|OldContent|IntegrityReader|requireUnchanged).*"))) {
					depths.merge(call.op() + " " + between, between.size(), Math::max);
				}
				return action.run();
			}
		};
		prepare(change);
		// a registry in memory: a wait for a disk would have the path resolved again
		WriteOptions plain = WriteOptions.engineDefaults().toBuilder().backup(BackupPolicy.none()).build();
		change.run(template(counting, plain, LockRegistry.inProcess()), this.target, this.directory);
		assertThat(depths.values()).contains(3);
		assertThat(depths.entrySet().stream().filter((entry) -> entry.getValue() > 4)).isEmpty();
	}

	private static final class Events implements WriteListener {

		private final List<String> names = new ArrayList<>();

		private final List<Path> targets = new ArrayList<>();

		private final List<WriteResult> results = new ArrayList<>();

		private final List<String> warnings = new ArrayList<>();

		private Error error = new AssertionError();

		private boolean fails() {
			return this.error instanceof LinkageError;
		}

		private void add(String name, WriteAttempt attempt) {
			this.names.add(name);
			this.targets.add(attempt.target());
			if (fails()) {
				throw this.error;
			}
		}

		@Override
		public void started(WriteAttempt attempt) {
			add("started", attempt);
		}

		@Override
		public void completed(WriteAttempt attempt, WriteResult result) {
			this.results.add(result);
			add("completed", attempt);
		}

		@Override
		public void failed(WriteAttempt attempt, Throwable failure) {
			add("failed", attempt);
		}

		@Override
		public void discarded(WriteAttempt attempt) {
			add("discarded", attempt);
		}

		@Override
		public void warned(Path path, String warning) {
			this.warnings.add(warning);
		}

	}

}
