package io.atomicwrite.rules;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import io.atomicwrite.AtomicWriteException;
import io.atomicwrite.TargetExistsException;
import io.atomicwrite.TargetRejectedException;
import io.atomicwrite.VersionConflictException;
import io.atomicwrite.WriteOutcome;
import io.atomicwrite.checksum.Version;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.test.HookedFileOps;
import io.atomicwrite.test.Snapshot;
import io.atomicwrite.test.UnsyncedFileOps;
import io.atomicwrite.test.fault.FaultyFileOps;
import io.atomicwrite.test.fault.FileCall;
import io.atomicwrite.test.fault.FileCall.Op;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * What others do between two looks of a change.
 */
class MomentRuleTests {

	private static final FileOps FILES = new UnsyncedFileOps();

	@TempDir
	private Path temporary;

	private Path directory;

	private Path target;

	private final HookedFileOps files = new HookedFileOps(FILES);

	@BeforeEach
	void paths() throws Exception {
		this.directory = this.temporary.toRealPath();
		this.target = this.directory.resolve(Change.TARGET);
	}

	/** After the last look and before the commit. */
	@ParameterizedTest
	@EnumSource(value = Change.class, names = { "CREATE", "MOVE_NEW" })
	void fileThatComesIntoBeingMeanwhileIsNotOverwritten(Change change) throws Exception {
		prepare(change);
		Map<String, String> before = Snapshot.of(this.directory);
		this.files.before((call) -> this.target.equals(call.other()), 1,
				() -> Files.writeString(this.target, "another's"));
		assertThatExceptionOfType(TargetExistsException.class)
			.isThrownBy(() -> run(change, WriteOptions.engineDefaults()))
			.satisfies((ex) -> assertThat(ex.outcome()).isEqualTo(WriteOutcome.NOT_COMMITTED));
		assertThat(this.target).hasContent("another's");
		Files.delete(this.target);
		assertThat(Snapshot.of(this.directory)).isEqualTo(before);
	}

	static Stream<Arguments> changesAndKinds() {
		return Arrays.stream(Change.values())
			.flatMap((change) -> Stream.of("directory", "link").map((kind) -> Arguments.of(change, kind)));
	}

	/** Between the first look and the lock. */
	@ParameterizedTest
	@MethodSource("changesAndKinds")
	void whatBecomesSomethingElseMeanwhileStays(Change change, String kind) throws Exception {
		prepare(change);
		Path other = Files.writeString(this.directory.resolve("other"), "other");
		this.files.before(this::isLock, 1, () -> {
			Files.deleteIfExists(this.target);
			if (kind.equals("link")) {
				Files.createSymbolicLink(this.target, other);
			}
			else {
				Files.createDirectory(this.target);
			}
		});
		assertThatExceptionOfType(AtomicWriteException.class)
			.isThrownBy(() -> run(change, WriteOptions.engineDefaults()))
			.satisfies((ex) -> assertThat(ex.outcome()).isEqualTo(WriteOutcome.NOT_COMMITTED));
		assertThat(this.files.ran()).isTrue();
		assertThat(Files.isSymbolicLink(this.target)).isEqualTo(kind.equals("link"));
		assertThat(Files.isDirectory(this.target)).isEqualTo(kind.equals("directory"));
		assertThat(other).hasContent("other");
		assertThat(Files.exists(this.directory.resolve(Change.SOURCE))).isEqualTo(change.moves());
	}

	/**
	 * The version counts that is there under the lock, and the size does not show it.
	 */
	@ParameterizedTest
	@EnumSource(Change.class)
	void versionIsThatOfTheContentUnderTheLock(Change change) throws Exception {
		if (change == Change.RESTORE) {
			// restores whatever is there
			return;
		}
		prepare(change);
		WriteOptions options = WriteOptions.engineDefaults()
			.toBuilder()
			.expectedVersion(Version.of(Change.OLD.getBytes()))
			.build();
		if (!change.needsFreeName()) {
			this.files.before(this::isLock, 1, () -> Files.writeString(this.target, "8"));
		}
		assertThatExceptionOfType(VersionConflictException.class).isThrownBy(() -> run(change, options));
		assertThat(Files.exists(this.target)).isEqualTo(!change.needsFreeName());
		assertThat(Files.exists(this.directory.resolve(Change.SOURCE))).isEqualTo(change.moves());
		if (!change.needsFreeName()) {
			assertThat(this.target).hasContent("8");
			Files.writeString(this.target, Change.OLD);
			run(change, options);
			assertChanged(change);
		}
	}

	@ParameterizedTest
	@EnumSource(Change.class)
	void linkThatIsLedElsewhereDuringTheWaitIsNotWrittenThrough(Change change) throws Exception {
		if (!change.writes() || change.needsFreeName()) {
			return;
		}
		prepare(change);
		Path other = Files.writeString(this.directory.resolve("other.json"), "9");
		Path link = Files.createSymbolicLink(this.directory.resolve("link.json"), this.target);
		this.files.before(this::isLock, 1, () -> {
			Files.delete(link);
			Files.createSymbolicLink(link, other);
			// as long as a lock that another has had
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(3));
		});
		try (LockRegistry locks = LockRegistry.fileBuilder().files(this.files).build();
				AtomicFileTemplate template = template(WriteOptions.engineDefaults(), locks)) {
			assertThatExceptionOfType(TargetRejectedException.class)
				.isThrownBy(() -> change.run(template, link, this.directory));
		}
		assertThat(this.target).hasContent(Change.OLD);
		assertThat(other).hasContent("9");
	}

	static Stream<Arguments> changesAndDirectories() {
		return Arrays.stream(Change.values())
			.flatMap((change) -> Stream.of(true, false).map((create) -> Arguments.of(change, create)));
	}

	@ParameterizedTest
	@MethodSource("changesAndDirectories")
	void missingDirectoriesAreCreatedOnRequestAndGoAgainIfTheChangeFails(Change change, boolean create)
			throws Exception {
		change.prepare(this.directory);
		Path deep = this.directory.resolve("a/b").resolve(Change.TARGET);
		WriteOptions options = WriteOptions.engineDefaults().toBuilder().createDirectories(create).build();
		Map<String, String> before = Snapshot.of(this.directory);
		FaultyFileOps failing = new FaultyFileOps(FILES).persistently();
		failing.fail((call) -> deep.equals(call.other()), 1, "Input/output error");
		try (LockRegistry locks = LockRegistry.file();
				AtomicFileTemplate template = AtomicFileTemplate.builder()
					.files(failing)
					.locks(locks)
					.defaults(options)
					.build()) {
			if (change == Change.DELETE) {
				change.run(template, deep, this.directory);
			}
			else {
				assertThatExceptionOfType(AtomicWriteException.class)
					.isThrownBy(() -> change.run(template, deep, this.directory))
					.satisfies((ex) -> assertThat(ex.outcome()).isEqualTo(WriteOutcome.NOT_COMMITTED));
			}
			assertThat(Snapshot.of(this.directory)).isEqualTo(before);
			failing.heal();
			if (create && change != Change.DELETE) {
				change.run(template, deep, this.directory);
				assertThat(deep).hasContent(String.valueOf(change.result(null)));
			}
			else if (change != Change.DELETE) {
				assertThatExceptionOfType(TargetRejectedException.class)
					.isThrownBy(() -> change.run(template, deep, this.directory));
				assertThat(Snapshot.of(this.directory)).isEqualTo(before);
			}
		}
	}

	@ParameterizedTest
	@EnumSource(Change.class)
	void templateThatIsClosedChangesNothing(Change change) throws Exception {
		prepare(change);
		Map<String, String> before = Snapshot.of(this.directory);
		try (LockRegistry locks = LockRegistry.file()) {
			AtomicFileTemplate template = template(WriteOptions.engineDefaults(), locks);
			template.close();
			assertThatIllegalStateException().isThrownBy(() -> change.run(template, this.target, this.directory));
		}
		assertThat(Snapshot.of(this.directory)).isEqualTo(before);
	}

	/** Whether the options say that nothing is overwritten has no bearing on it. */
	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void deletionDeletesWhateverIsSaidOfOverwriting(boolean overwrite) throws Exception {
		prepare(Change.DELETE);
		run(Change.DELETE, WriteOptions.engineDefaults().toBuilder().overwrite(overwrite).build());
		assertThat(this.target).doesNotExist();
	}

	private boolean isLock(FileCall call) {
		return call.op() == Op.OPEN_LOCK && call.path().toString().endsWith(Change.TARGET + ".lock");
	}

	private void prepare(Change change) throws IOException {
		change.prepare(this.directory);
		if (!change.needsFreeName()) {
			Files.writeString(this.target, Change.OLD);
		}
	}

	private void run(Change change, WriteOptions options) {
		try (LockRegistry locks = LockRegistry.fileBuilder().files(this.files).build();
				AtomicFileTemplate template = template(options, locks)) {
			change.run(template, this.target, this.directory);
		}
	}

	private AtomicFileTemplate template(WriteOptions options, LockRegistry locks) {
		return AtomicFileTemplate.builder().files(this.files).locks(locks).defaults(options).build();
	}

	private void assertChanged(Change change) {
		String expected = change.result(Change.OLD);
		if (expected == null) {
			assertThat(this.target).doesNotExist();
		}
		else {
			assertThat(this.target).hasContent(expected);
		}
	}

}
