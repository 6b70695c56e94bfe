package io.atomicwrite.rules;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.atomicwrite.AtomicWriteException;
import io.atomicwrite.DurabilityUnknownException;
import io.atomicwrite.Guarantee;
import io.atomicwrite.GuaranteeLevel;
import io.atomicwrite.SafetyPolicy;
import io.atomicwrite.UnsupportedEnvironmentException;
import io.atomicwrite.WriteOutcome;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.StagedWrite;
import io.atomicwrite.core.WriteAttempt;
import io.atomicwrite.core.WriteListener;
import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.core.WriteResult;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.lock.LockRequest;
import io.atomicwrite.test.PretendedMount;
import io.atomicwrite.test.Snapshot;
import io.atomicwrite.test.UnsyncedFileOps;
import io.atomicwrite.test.fault.FaultyFileOps;
import io.atomicwrite.test.fault.FileCall;
import io.atomicwrite.test.fault.FileCall.Op;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a change reports: to its caller, by the safety policy, and to those who listen.
 */
class OutcomeRuleTests {

	private static final FileOps FILES = new UnsyncedFileOps();

	@TempDir
	private Path temporary;

	private Path directory;

	private Path target;

	private final Events events = new Events();

	@BeforeEach
	void paths() throws Exception {
		this.directory = this.temporary.toRealPath();
		this.target = this.directory.resolve(Change.TARGET);
	}

	static Stream<Arguments> changesAndPolicies() {
		return Arrays.stream(Change.values())
			.flatMap((change) -> Arrays.stream(SafetyPolicy.values()).map((safety) -> Arguments.of(change, safety)));
	}

	/** What was synced there was lost after a crash, which is not in its nature. */
	@ParameterizedTest
	@MethodSource("changesAndPolicies")
	void guaranteeThatIsMissingIsRefusedWarnedOfOrAccepted(Change change, SafetyPolicy safety) throws Exception {
		prepare(change);
		Map<String, String> before = Snapshot.of(this.directory);
		FileOps files = new PretendedMount(FILES, "jfs");
		WriteOptions options = WriteOptions.engineDefaults().toBuilder().safety(safety).build();
		if (safety == SafetyPolicy.STRICT) {
			assertThatExceptionOfType(UnsupportedEnvironmentException.class)
				.isThrownBy(() -> run(change, files, options))
				.satisfies((ex) -> assertThat(ex.outcome()).isEqualTo(WriteOutcome.NOT_COMMITTED));
			assertThat(Snapshot.of(this.directory)).isEqualTo(before);
			return;
		}
		WriteResult result = run(change, files, options);
		assertChanged(change);
		List<String> warnings = this.events.warnings;
		assertThat(warnings).hasSize((safety == SafetyPolicy.WARN) ? 1 : 0)
			.allSatisfy((text) -> assertThat(text).contains("CRASH_DURABILITY"));
		if (result != null) {
			assertThat(result.warnings()).isEqualTo(warnings);
			assertThat(result.granted().get(Guarantee.CRASH_DURABILITY)).isEqualTo(GuaranteeLevel.NON_TARGET);
		}
	}

	/** A filesystem in memory loses its content by its nature: who uses it knows. */
	@ParameterizedTest
	@MethodSource("changesAndPolicies")
	void filesystemInMemoryIsWrittenAndSaysThatItIsNotDurable(Change change, SafetyPolicy safety) throws Exception {
		prepare(change);
		WriteOptions options = WriteOptions.engineDefaults().toBuilder().safety(safety).build();
		WriteResult result = run(change, new PretendedMount(FILES, "tmpfs"), options);
		assertChanged(change);
		assertThat(result.outcome()).isEqualTo(WriteOutcome.VISIBLE_NOT_DURABLE);
		assertThat(result.granted().get(Guarantee.CRASH_DURABILITY)).isEqualTo(GuaranteeLevel.UNSUPPORTED);
		assertThat(this.events.warnings).hasSize((safety == SafetyPolicy.BEST_EFFORT) ? 0 : 1)
			.allSatisfy((text) -> assertThat(text).contains("CRASH_DURABILITY is UNSUPPORTED on tmpfs", "in memory"));
		assertThat(result.warnings()).isEqualTo(this.events.warnings);
	}

	/** A level that is required is required under every policy. */
	@ParameterizedTest
	@MethodSource("changesAndPolicies")
	void levelThatIsRequiredIsRequiredWhateverThePolicy(Change change, SafetyPolicy safety) throws Exception {
		prepare(change);
		Map<String, String> before = Snapshot.of(this.directory);
		FileOps files = new PretendedMount(FILES, "tmpfs");
		WriteOptions options = WriteOptions.engineDefaults()
			.toBuilder()
			.safety(safety)
			.require(Guarantee.CRASH_DURABILITY, GuaranteeLevel.BEST_EFFORT)
			.build();
		assertThatExceptionOfType(UnsupportedEnvironmentException.class).isThrownBy(() -> run(change, files, options));
		assertThat(Snapshot.of(this.directory)).isEqualTo(before);
	}

	@ParameterizedTest
	@MethodSource("changesAndPolicies")
	void syncThatFailsAfterTheCommitIsReportedByThePolicy(Change change, SafetyPolicy safety) throws Exception {
		prepare(change);
		FaultyFileOps files = new FaultyFileOps(FILES);
		files.fail((call) -> call.op() == Op.SYNC_DIRECTORY, 1, "Input/output error");
		WriteOptions options = WriteOptions.engineDefaults()
			.toBuilder()
			.safety(safety)
			.backup(io.atomicwrite.backup.BackupPolicy.none())
			.build();
		if (change == Change.RESTORE) {
			// that of its backup comes first
			files.fail((call) -> call.op() == Op.SYNC_DIRECTORY, 2, "Input/output error");
		}
		if (safety == SafetyPolicy.STRICT) {
			assertThatExceptionOfType(DurabilityUnknownException.class).isThrownBy(() -> run(change, files, options))
				.satisfies((ex) -> assertThat(ex.outcome()).isEqualTo(WriteOutcome.VISIBLE_NOT_DURABLE));
		}
		else {
			WriteResult result = run(change, files, options);
			if (result != null) {
				assertThat(result.outcome()).isEqualTo(WriteOutcome.VISIBLE_NOT_DURABLE);
			}
			assertThat(this.events.warnings).hasSize((safety == SafetyPolicy.WARN) ? 1 : 0);
		}
		assertThat(files.hit()).isTrue();
		assertChanged(change);
	}

	@ParameterizedTest
	@EnumSource
	void writeIsAnnouncedAndItsResultReported(Change change) throws Exception {
		prepare(change);
		WriteResult result = run(change, FILES, WriteOptions.engineDefaults());
		assertThat(this.events.names).containsExactly("started", "completed");
		assertThat(this.events.attempts.get(1)).isSameAs(this.events.attempts.get(0));
		assertThat(this.events.attempts.get(0).target()).isEqualTo(this.target);
		assertThat(this.events.result).isSameAs(result);
	}

	static Stream<Arguments> changesAndFailures() {
		return Arrays.stream(Change.values())
			.filter(Change::writes)
			.flatMap((change) -> Arrays.stream(Failing.values()).map((failing) -> Arguments.of(change, failing)));
	}

	/** In whatever phase: one start, one failure, and it is the one that is thrown. */
	@ParameterizedTest
	@MethodSource("changesAndFailures")
	void writeThatFailsIsReportedOnceWithWhatIsThrown(Change change, Failing failing) throws Exception {
		prepare(change);
		FaultyFileOps faulty = new FaultyFileOps(FILES);
		FileOps files = failing.arrange(faulty, this.target);
		WriteOptions options = WriteOptions.engineDefaults()
			.toBuilder()
			.lock(LockRequest.failFast())
			.createDirectories(failing != Failing.RESOLVE)
			.build();
		Path path = (failing == Failing.RESOLVE) ? this.directory.resolve("none").resolve(Change.TARGET) : this.target;
		AtomicWriteException[] thrown = new AtomicWriteException[1];
		assertThatExceptionOfType(AtomicWriteException.class).isThrownBy(() -> run(change, files, options, path))
			.satisfies((ex) -> thrown[0] = ex);
		assertThat(this.events.names).containsExactly("started", "failed");
		assertThat(this.events.failure).isSameAs(thrown[0]);
		assertThat(this.events.attempts.get(1)).isSameAs(this.events.attempts.get(0));
		assertThat(thrown[0].outcome()).isEqualTo(failing.outcome());
	}

	@Test
	void writeThatIsGivenUpIsReportedOnce() throws Exception {
		prepare(Change.STAGED);
		try (LockRegistry locks = LockRegistry.file();
				AtomicFileTemplate template = template(FILES, WriteOptions.engineDefaults(), locks)) {
			StagedWrite staged = template.open(this.target);
			staged.discard();
			staged.close();
			template.update(this.target, Integer.class, (value) -> value);
		}
		assertThat(this.events.names).containsExactly("started", "discarded", "started", "discarded");
		assertThat(this.target).hasContent(Change.OLD);
	}

	@ParameterizedTest
	@EnumSource(Change.class)
	void listenerThatThrowsFailsNothingAndKeepsNobodyFromHearing(Change change) throws Exception {
		prepare(change);
		WriteListener broken = new WriteListener() {

			@Override
			public void started(WriteAttempt attempt) {
				throw new IllegalStateException("started");
			}

			@Override
			public void completed(WriteAttempt attempt, WriteResult result) {
				throw new IllegalStateException("completed");
			}

			@Override
			public void warned(Path path, String warning) {
				throw new IllegalStateException("warned");
			}

		};
		try (LockRegistry locks = LockRegistry.file();
				AtomicFileTemplate template = AtomicFileTemplate.builder()
					.files(new PretendedMount(FILES, "tmpfs"))
					.locks(locks)
					.listener(broken)
					.listener(this.events)
					.defaults(WriteOptions.engineDefaults().toBuilder().safety(SafetyPolicy.WARN).build())
					.build()) {
			change.run(template, this.target, this.directory);
		}
		assertChanged(change);
		assertThat(this.events.warnings).hasSize(1);
		if (change.writes()) {
			assertThat(this.events.names).containsExactly("started", "completed");
		}
	}

	private void prepare(Change change) throws IOException {
		change.prepare(this.directory);
		if (!change.needsFreeName()) {
			Files.writeString(this.target, Change.OLD);
		}
	}

	private WriteResult run(Change change, FileOps files, WriteOptions options) {
		return run(change, files, options, this.target);
	}

	private WriteResult run(Change change, FileOps files, WriteOptions options, Path path) {
		try (LockRegistry locks = LockRegistry.fileBuilder().files(files).build();
				AtomicFileTemplate template = template(files, options, locks)) {
			return change.run(template, path, this.directory);
		}
	}

	private AtomicFileTemplate template(FileOps files, WriteOptions options, LockRegistry locks) {
		return AtomicFileTemplate.builder().files(files).locks(locks).listener(this.events).defaults(options).build();
	}

	private void assertChanged(Change change) {
		String expected = change.result(change.needsFreeName() ? null : Change.OLD);
		if (expected == null) {
			assertThat(this.target).doesNotExist();
		}
		else {
			assertThat(this.target).hasContent(expected);
		}
	}

	/**
	 * A phase in which a write fails.
	 */
	enum Failing {

		RESOLVE, GATE, LOCK, STAGE, SYNC, COMMIT, PUBLISH;

		FileOps arrange(FaultyFileOps files, Path target) {
			files.fail((call) -> isIt(call, target), 1, "Input/output error");
			files.persistently();
			return (this == GATE) ? new PretendedMount(files, "jfs") : files;
		}

		private boolean isIt(FileCall call, Path target) {
			return switch (this) {
				case RESOLVE, GATE -> false;
				case LOCK -> call.op() == Op.OPEN_LOCK;
				case STAGE -> call.op() == Op.CREATE;
				case SYNC -> call.op() == Op.SYNC;
				case COMMIT -> target.equals(call.other());
				case PUBLISH -> call.op() == Op.SYNC_DIRECTORY && holds(target, "42", "742", "8", "44");
			};
		}

		private static boolean holds(Path target, String... contents) {
			try {
				return Files.exists(target) && List.of(contents).contains(Files.readString(target));
			}
			catch (IOException ex) {
				return false;
			}
		}

		WriteOutcome outcome() {
			return (this == PUBLISH) ? WriteOutcome.VISIBLE_NOT_DURABLE : WriteOutcome.NOT_COMMITTED;
		}

	}

	/**
	 * What was heard.
	 */
	private static final class Events implements WriteListener {

		private final List<String> names = new ArrayList<>();

		private final List<WriteAttempt> attempts = new ArrayList<>();

		private final List<String> warnings = new ArrayList<>();

		private WriteResult result;

		private Throwable failure;

		@Override
		public void started(WriteAttempt attempt) {
			add("started", attempt);
		}

		@Override
		public void completed(WriteAttempt attempt, WriteResult written) {
			add("completed", attempt);
			this.result = written;
		}

		@Override
		public void failed(WriteAttempt attempt, Throwable thrown) {
			add("failed", attempt);
			this.failure = thrown;
		}

		@Override
		public void discarded(WriteAttempt attempt) {
			add("discarded", attempt);
		}

		@Override
		public void warned(Path path, String warning) {
			this.warnings.add(warning);
		}

		private void add(String name, WriteAttempt attempt) {
			this.names.add(name);
			this.attempts.add(attempt);
		}

	}

}
