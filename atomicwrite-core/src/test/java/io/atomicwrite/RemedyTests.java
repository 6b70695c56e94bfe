package io.atomicwrite;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The remedy of an error fits the call that reported it.
 */
class RemedyTests {

	/**
	 * The errors that the calls of each phase report, by their manual pages: what helps
	 * must be there, and what belongs to the same error of another phase must not.
	 */
	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			RESOLVE    | ACCESS_DENIED   | search permission on each directory  | write
			RESOLVE    | NOT_FOUND       | correct the path                     | create
			RESOLVE    | LINK_LOOP       | symbolic links                       | path
			RESOLVE    | NAME_TOO_LONG   | shorter name                         | path
			RESOLVE    | STALE           | mount it anew                        | device
			RESOLVE    | INPUT_OUTPUT    | check the device                     | write again
			GATE       | ACCESS_DENIED   | search permission on each directory  | write
			GATE       | NOT_FOUND       | create the directory                 | path
			LOCK       | ACCESS_DENIED   | write permission on the lock file    | read
			LOCK       | NOT_PERMITTED   | chattr                               | owner policy
			LOCK       | NO_LOCKS        | lock service                         | see the cause
			LOCK       | NOT_SUPPORTED   | LockRequest.none()                    | metadata
			LOCK       | NO_SPACE        | inodes                               | quota
			LOCK       | QUOTA           | quota of this user                   | owner
			LOCK       | READ_ONLY       | remount                              | permission
			LOCK       | TOO_MANY_FILES  | limit of open files                  | space
			LOCK       | STALE           | try again                            | device
			LOCK       | NOT_FOUND       | create the directory                 | backups
			LOCK       | INPUT_OUTPUT    | check the device                     | write again
			CHECK      | ACCESS_DENIED   | read permission on the file          | write
			CHECK      | NOT_FOUND       | what deletes files                   | create
			CHECK      | INPUT_OUTPUT    | check the device                     | write again
			CHECK      | TOO_MANY_FILES  | limit of open files                  | space
			STAGE      | ACCESS_DENIED   | write and search permission          | read permission
			STAGE      | NOT_PERMITTED   | chattr                               | owner policy
			STAGE      | NOT_FOUND       | create the directory                 | backups
			STAGE      | NO_SPACE        | free space                           | quota
			STAGE      | QUOTA           | quota of this user                   | is to have
			STAGE      | FILE_TOO_LARGE  | limit of the file size               | free space
			STAGE      | READ_ONLY       | remount                              | permission
			STAGE      | NAME_TOO_LONG   | shorter name                         | path
			STAGE      | TOO_MANY_FILES  | limit of open files                  | space
			STAGE      | BUSY            | what uses the file                   | mount point
			STAGE      | INPUT_OUTPUT    | check the device                     | write again
			STAGE      | STALE           | mount it anew                        | device
			METADATA   | NOT_PERMITTED   | MetadataPolicy                       | chattr
			METADATA   | ACCESS_DENIED   | MetadataPolicy                       | search
			METADATA   | NOT_SUPPORTED   | MetadataPolicy                       | lock
			METADATA   | QUOTA           | owner that the file is to have       | this user
			METADATA   | NO_SPACE        | free space                           | quota
			METADATA   | NOT_FOUND       | what deletes files                   | create
			SYNC       | INPUT_OUTPUT    | do not trust its next success        | write again
			SYNC       | NO_SPACE        | free space                           | quota
			SYNC       | QUOTA           | quota of this user                   | is to have
			SYNC       | READ_ONLY       | kernel's log                         | permission
			SYNC       | NOT_SUPPORTED   | choose another directory             | policy
			COMPANIONS | ACCESS_DENIED   | read permission on the file          | lock
			COMPANIONS | NOT_PERMITTED   | chattr                               | owner policy
			COMPANIONS | NOT_FOUND       | directory of the backups             | path
			COMPANIONS | NO_SPACE        | free space                           | quota
			COMPANIONS | NAME_TOO_LONG   | shorter name                         | path
			COMMIT     | ACCESS_DENIED   | write and search permission          | read permission
			COMMIT     | NOT_PERMITTED   | sticky directory                     | MetadataPolicy
			COMMIT     | BUSY            | mount its directory                  | what uses
			COMMIT     | READ_ONLY       | remount                              | permission
			COMMIT     | NO_SPACE        | free space                           | quota
			COMMIT     | NOT_FOUND       | what deletes files                   | create
			COMMIT     | CROSS_DEVICE    | one filesystem                       | mount point
			COMMIT     | INPUT_OUTPUT    | check the device                     | write again
			COMMIT     | STALE           | mount it anew                        | device
			PUBLISH    | INPUT_OUTPUT    | write again rather than sync again   | next success
			PUBLISH    | ACCESS_DENIED   | read permission on the directory     | search
			PUBLISH    | NOT_SUPPORTED   | choose another directory             | policy
			RELEASE    | ACCESS_DENIED   | lock file                            | read
			RELEASE    | READ_ONLY       | remount                              | permission
			RESOLVE    | UNREACHABLE     | server or the process behind         | cause
			LOCK       | UNREACHABLE     | mount it anew                        | lock service
			PUBLISH    | UNREACHABLE     | mount it anew                        | write again
			RESOLVE    | NOT_PERMITTED   | security module                      | cause
			CHECK      | NOT_PERMITTED   | security module                      | owner policy
			SYNC       | NOT_PERMITTED   | security module                      | owner policy
			PUBLISH    | NOT_PERMITTED   | security module                      | cause
			STAGE      | NO_LOCKS        | lock service                         | cause
			RESOLVE    | UNREACHABLE     | server or the process                | create
			COMMIT     | UNREACHABLE     | mount it anew                        | device
			""")
	void remedyFitsPhaseAndError(WritePhase phase, IoErrorKind error, String helps, String misleads) {
		String text = Remedy.of(phase, error).text();
		assertThat(text).contains(helps).doesNotContain(misleads);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			ACCESS_DENIED | the directory above | read
			NOT_FOUND     | what deletes        | backups
			NOT_PERMITTED | chattr              | MetadataPolicy
			NO_SPACE      | free space          | quota
			READ_ONLY     | remount             | permission
			NAME_TOO_LONG | shorter name        | path
			""")
	void remedyOfCreatingADirectoryIsAboutTheOneAbove(IoErrorKind error, String helps, String misleads) {
		assertThat(Remedy.ofCreatingDirectory(error).text()).contains(helps).doesNotContain(misleads);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			ACCESS_DENIED   | read permission on the file | write
			NOT_FOUND       | correct the path            | deletes
			INPUT_OUTPUT    | from a backup               | write again
			STALE           | mount it anew               | device
			UNREACHABLE     | server or the process       | permission
			LINK_LOOP       | symbolic links              | path
			NOT_A_DIRECTORY | correct the path            | permission
			TOO_MANY_FILES  | limit of open files         | space
			""")
	void remedyOfReadingChangesNothing(IoErrorKind error, String helps, String misleads) {
		assertThat(Remedy.ofReading(error).text()).contains(helps).doesNotContain(misleads);
	}

	@ParameterizedTest
	@EnumSource(IoErrorKind.class)
	void everyKnownErrorHasARemedyInEveryPhase(IoErrorKind error) {
		for (WritePhase phase : WritePhase.values()) {
			assertThat(Remedy.of(phase, error).text()).as(phase + " " + error).isNotBlank();
		}
		assertThat(Remedy.ofReading(error).text()).isNotBlank();
		assertThat(Remedy.ofCreatingDirectory(error).text()).isNotBlank();
	}

	/**
	 * The whole table: the remedy of each error, and the phases in which it is another.
	 */
	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			NO_SPACE        | FREE_SPACE           |
			QUOTA           | RAISE_QUOTA          | METADATA=RAISE_QUOTA_OF_OWNER
			FILE_TOO_LARGE  | RAISE_FILE_SIZE      |
			READ_ONLY       | REMOUNT_WRITABLE     |
			ACCESS_DENIED   | PERMIT_CHANGES       | RESOLVE=PERMIT_SEARCH GATE=PERMIT_SEARCH LOCK=PERMIT_LOCKING \
			CHECK=PERMIT_READING METADATA=RELAX_METADATA COMPANIONS=PERMIT_COMPANIONS \
			PUBLISH=PERMIT_DIRECTORY_READING RELEASE=PERMIT_LOCKING
			NOT_PERMITTED   | ALLOW_CHANGES        | RESOLVE=SEE_SECURITY_MODULE GATE=SEE_SECURITY_MODULE \
			CHECK=SEE_SECURITY_MODULE METADATA=RELAX_METADATA SYNC=SEE_SECURITY_MODULE PUBLISH=SEE_SECURITY_MODULE
			NOT_FOUND       | FIND_DELETER         | RESOLVE=CORRECT_PATH GATE=CREATE_DIRECTORY LOCK=CREATE_DIRECTORY \
			STAGE=CREATE_DIRECTORY COMPANIONS=CREATE_BACKUP_DIRECTORY
			NOT_A_DIRECTORY | CORRECT_PATH         |
			LINK_LOOP       | CORRECT_LINKS        |
			NAME_TOO_LONG   | SHORTEN_NAME         |
			CROSS_DEVICE    | SAME_FILESYSTEM      |
			BUSY            | AWAIT_RELEASE        | COMMIT=MOUNT_DIRECTORY
			TOO_MANY_FILES  | RAISE_OPEN_FILES     |
			NO_LOCKS        | ENABLE_LOCKS         |
			INPUT_OUTPUT    | CHECK_DEVICE         | PUBLISH=WRITE_AGAIN
			STALE           | TRY_AGAIN_OR_REMOUNT |
			UNREACHABLE     | RECONNECT            |
			NOT_SUPPORTED   | CHOOSE_DIRECTORY     | LOCK=LOCK_ELSEWHERE METADATA=DO_WITHOUT_METADATA
			OTHER           | SEE_CAUSE            |
			""")
	void tableOfAllPairs(IoErrorKind error, Remedy usual, @Nullable String others) {
		Map<WritePhase, Remedy> expected = new EnumMap<>(WritePhase.class);
		for (WritePhase phase : WritePhase.values()) {
			expected.put(phase, usual);
		}
		for (String other : (others != null) ? others.split(" +") : new String[0]) {
			expected.put(WritePhase.valueOf(other.split("=")[0]), Remedy.valueOf(other.split("=")[1]));
		}
		for (WritePhase phase : WritePhase.values()) {
			assertThat(Remedy.of(phase, error)).as(phase + " " + error).isEqualTo(expected.get(phase));
		}
	}

	/** Only what can't be classified is left to its cause. */
	@ParameterizedTest
	@EnumSource(value = IoErrorKind.class, mode = EnumSource.Mode.EXCLUDE, names = "OTHER")
	void knownErrorIsNotLeftToItsCause(IoErrorKind error) {
		for (WritePhase phase : WritePhase.values()) {
			assertThat(Remedy.of(phase, error)).as(phase + " " + error).isNotEqualTo(Remedy.SEE_CAUSE);
		}
	}

	@ParameterizedTest
	@EnumSource(Remedy.class)
	void remedyIsAClauseThatNamesNoPropertyAndNoOption(Remedy remedy) {
		String text = remedy.text();
		assertThat(text).doesNotContain("atomicwrite.", "--").doesNotEndWith(".");
		assertThat(text.isEmpty()).isEqualTo(remedy == Remedy.NONE);
		if (!text.isEmpty()) {
			assertThat(text.substring(0, 1)).isEqualTo(text.substring(0, 1).toLowerCase(Locale.ROOT));
		}
		assertThat(Arrays.stream(Remedy.values()).filter((other) -> other.text().equals(text))).hasSize(1);
	}

	@Test
	void messageHasFileProblemStateAndRemedy() {
		Path file = Path.of("/d/f");
		assertThat(new TargetExistsException(file, WritePhase.CHECK))
			.hasMessage("/d/f: already exists and overwrite is disabled; nothing was changed, remove it, or allow "
					+ "overwrite in the WriteOptions");
		assertThat(new WriteFailedException(file, WritePhase.COMMIT, WriteOutcome.INDETERMINATE,
				Problem.of("Input/output error", Remedy.CHECK_DEVICE), null))
			.hasMessage("/d/f: Input/output error; the target holds either the old content or the new, whole; read it "
					+ "to find out, check the device and the kernel's log; do not trust its next success; see "
					+ Runbook.DEVICE_FAILING.url());
		assertThat(new WriteFailedException(file, WritePhase.STAGE, WriteOutcome.NOT_COMMITTED,
				Problem.of("no content", Remedy.NONE), null))
			.hasMessage("/d/f: no content; the target is as it was");
		assertThat(new FormatException(file, null, Problem.of("no text", Remedy.NONE), null))
			.hasMessage("/d/f: no text");
	}

	@ParameterizedTest
	@EnumSource(Runbook.class)
	void runbookIsAPageAboutAnAlert(Runbook runbook) {
		String path = runbook.url().substring(runbook.url().indexOf("/docs/") + 1);
		assertThat(Path.of("..", path)).isRegularFile();
		assertThat(Path.of("../monitoring/prometheus/rules.yml")).content()
			.contains("runbook_url: " + runbook.url() + "\n");
	}

	@Test
	void pageIsForThoseWhoOperateAndNotForCallers() {
		assertThat(Runbook.of(Remedy.FREE_SPACE)).contains(Runbook.NO_SPACE);
		assertThat(Runbook.of(Remedy.READ_AGAIN)).isEmpty();
		assertThat(Runbook.of(Remedy.ALLOW_OVERWRITE)).isEmpty();
	}

	@Test
	void holderOfALockIsData() {
		LockHolder holder = LockHolder.process(4711, null);
		LockNotAcquiredException ex = new LockNotAcquiredException(Path.of("f"),
				LockNotAcquiredException.Reason.TIMEOUT,
				new LockNotAcquiredException.Wait(Duration.ofSeconds(2), Duration.ofSeconds(1), holder),
				Problem.of("busy", Remedy.WAIT_LONGER).at(Path.of("f.lock")), null);
		assertThat(ex.holder()).hasValueSatisfying((found) -> {
			assertThat(found.pid()).hasValue(4711);
			assertThat(found.thread()).isEmpty();
			assertThat(found.since()).isEmpty();
			assertThat(found).hasToString("process 4711");
		});
		assertThat(ex.limit()).hasValue(Duration.ofSeconds(1));
		assertThat(ex.waited()).isEqualTo(Duration.ofSeconds(2));
		assertThat(ex.problem().obstacle()).hasValue(Path.of("f.lock"));
		assertThat(LockHolder.thread("t", null)).hasToString("thread 't' of this process");
		assertThat(LockHolder.unknown()).hasToString("another process");
	}

}
