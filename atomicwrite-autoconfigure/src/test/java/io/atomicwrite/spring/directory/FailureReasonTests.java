package io.atomicwrite.spring.directory;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.atomicwrite.AtomicWriteException;
import io.atomicwrite.Capability;
import io.atomicwrite.CapabilityNotSupportedException;
import io.atomicwrite.ChecksumMismatchException;
import io.atomicwrite.ChecksumMissingException;
import io.atomicwrite.CrossDeviceException;
import io.atomicwrite.DurabilityUnknownException;
import io.atomicwrite.FormatException;
import io.atomicwrite.Guarantee;
import io.atomicwrite.GuaranteeLevel;
import io.atomicwrite.IoErrorKind;
import io.atomicwrite.LockLostException;
import io.atomicwrite.LockNotAcquiredException;
import io.atomicwrite.LockNotAcquiredException.Wait;
import io.atomicwrite.Problem;
import io.atomicwrite.ReadFailedException;
import io.atomicwrite.Remedy;
import io.atomicwrite.TargetExistsException;
import io.atomicwrite.TargetMissingException;
import io.atomicwrite.TargetRejectedException;
import io.atomicwrite.UnsupportedEnvironmentException;
import io.atomicwrite.VersionConflictException;
import io.atomicwrite.WriteFailedException;
import io.atomicwrite.WriteOutcome;
import io.atomicwrite.WritePhase;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.format.MalformedContentException;
import io.atomicwrite.format.NotMinimalException;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.test.fault.FaultyFileOps;
import io.atomicwrite.test.fault.FileCall;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Every failure of the engine has a reason, and the error of a system call has the same
 * one in whichever exception it comes.
 */
class FailureReasonTests {

	private static final Path TARGET = Path.of("/data/a.json");

	private static final Problem PLAIN = Problem.of("it failed", Remedy.SEE_CAUSE);

	private static final Map<IoErrorKind, FailureReason> ERRORS = errors();

	private static Map<IoErrorKind, FailureReason> errors() {
		Map<IoErrorKind, FailureReason> errors = new EnumMap<>(IoErrorKind.class);
		errors.put(IoErrorKind.NO_SPACE, FailureReason.NO_SPACE);
		errors.put(IoErrorKind.QUOTA, FailureReason.NO_SPACE);
		errors.put(IoErrorKind.READ_ONLY, FailureReason.READ_ONLY);
		errors.put(IoErrorKind.ACCESS_DENIED, FailureReason.PERMISSION);
		errors.put(IoErrorKind.NOT_PERMITTED, FailureReason.PERMISSION);
		errors.put(IoErrorKind.CROSS_DEVICE, FailureReason.UNSUPPORTED);
		errors.put(IoErrorKind.NO_LOCKS, FailureReason.UNSUPPORTED);
		errors.put(IoErrorKind.NOT_SUPPORTED, FailureReason.UNSUPPORTED);
		errors.put(IoErrorKind.INPUT_OUTPUT, FailureReason.DEVICE);
		errors.put(IoErrorKind.STALE, FailureReason.DEVICE);
		errors.put(IoErrorKind.UNREACHABLE, FailureReason.DEVICE);
		for (IoErrorKind other : List.of(IoErrorKind.FILE_TOO_LARGE, IoErrorKind.NOT_FOUND, IoErrorKind.NOT_A_DIRECTORY,
				IoErrorKind.LINK_LOOP, IoErrorKind.NAME_TOO_LONG, IoErrorKind.BUSY, IoErrorKind.TOO_MANY_FILES,
				IoErrorKind.OTHER)) {
			errors.put(other, FailureReason.OTHER);
		}
		return errors;
	}

	@TempDir
	private Path directory;

	/** One of each kind, for a problem with an error or without. */
	private static Map<AtomicWriteException, FailureReason> failures(Problem problem) {
		Map<AtomicWriteException, FailureReason> failures = new LinkedHashMap<>();
		failures.put(new TargetExistsException(TARGET, WritePhase.CHECK), FailureReason.CONFLICT);
		failures.put(new VersionConflictException(TARGET, "1", "2"), FailureReason.CONFLICT);
		failures.put(new CapabilityNotSupportedException(TARGET, WritePhase.GATE, Capability.ATOMIC_WRITE, problem),
				FailureReason.UNSUPPORTED);
		failures.put(new UnsupportedEnvironmentException(TARGET, Guarantee.CRASH_DURABILITY, GuaranteeLevel.GUARANTEED,
				GuaranteeLevel.UNSUPPORTED, problem), FailureReason.UNSUPPORTED);
		failures.put(new CrossDeviceException(TARGET, WritePhase.COMMIT, problem, null), FailureReason.UNSUPPORTED);
		failures.put(new LockLostException(TARGET, WritePhase.COMMIT, problem, null), FailureReason.LOCK_LOST);
		failures.put(new ChecksumMismatchException(TARGET, TARGET, "1", "2"), FailureReason.CHECKSUM);
		failures.put(new ChecksumMissingException(TARGET, "has none"), FailureReason.CHECKSUM);
		failures.put(new FormatException(TARGET, null, problem, null), FailureReason.FORMAT);
		failures.put(new FormatException(TARGET, null, problem, null) {
		}, FailureReason.FORMAT);
		failures.put(new WriteFailedException(TARGET, WritePhase.STAGE, WriteOutcome.NOT_COMMITTED, problem, null),
				FailureReason.OTHER);
		failures.put(new DurabilityUnknownException(TARGET, problem, null), FailureReason.OTHER);
		failures.put(new ReadFailedException(TARGET, problem, null), FailureReason.OTHER);
		failures.put(new TargetMissingException(TARGET, problem, null), FailureReason.OTHER);
		for (TargetRejectedException.Reason reason : TargetRejectedException.Reason.values()) {
			failures.put(new TargetRejectedException(TARGET, WritePhase.RESOLVE, reason, problem),
					(reason == TargetRejectedException.Reason.DISPLACED) ? FailureReason.DEVICE : FailureReason.OTHER);
		}
		for (LockNotAcquiredException.Reason reason : LockNotAcquiredException.Reason.values()) {
			failures.put(
					new LockNotAcquiredException(TARGET, reason, new Wait(Duration.ZERO, null, null), problem, null),
					switch (reason) {
						case BUSY -> FailureReason.LOCK_BUSY;
						case TIMEOUT -> FailureReason.LOCK_TIMEOUT;
						case INTERRUPTED, SELF_DEADLOCK, CLOSED, FAILED -> FailureReason.OTHER;
					});
		}
		return failures;
	}

	@Test
	void eachExceptionOfTheEngineHasAReason() {
		Map<AtomicWriteException, FailureReason> failures = failures(PLAIN);
		assertThat(failures.keySet()).extracting(Object::getClass)
			.contains(AtomicWriteException.class.getPermittedSubclasses());
		failures.forEach(
				(failure, reason) -> assertThat(FailureReason.of(failure)).as(failure.toString()).isEqualTo(reason));
		assertThat(failures.values()).contains(FailureReason.CONFLICT, FailureReason.LOCK_LOST);
	}

	@ParameterizedTest
	@EnumSource
	void anErrorOfASystemCallCountsBeforeTheStepThatItStopped(IoErrorKind error) {
		FailureReason expected = ERRORS.get(error);
		assertThat(FailureReason.of(error)).isEqualTo(expected);
		failures(PLAIN.causedBy(error)).forEach((failure, otherwise) -> {
			boolean known = failure.problem().error().isPresent() && expected != FailureReason.OTHER;
			assertThat(FailureReason.of(failure)).as(failure.toString()).isEqualTo(known ? expected : otherwise);
		});
	}

	@Test
	void errorsOfTheJdkAreClassified() {
		FileSystemException full = new FileSystemException("a", null, "No space left on device");
		assertThat(FailureReason.of(full)).isEqualTo(FailureReason.NO_SPACE);
		assertThat(FailureReason.of(new UncheckedIOException(full))).isEqualTo(FailureReason.NO_SPACE);
		assertThat(FailureReason.of(new IOException("Input/output error"))).isEqualTo(FailureReason.DEVICE);
		assertThat(FailureReason.of(new AccessDeniedException("a"))).isEqualTo(FailureReason.PERMISSION);
		assertThat(FailureReason.of(new FileNotFoundException("a"))).isEqualTo(FailureReason.OTHER);
		assertThat(FailureReason.of(new EOFException())).isEqualTo(FailureReason.OTHER);
		assertThat(FailureReason.of(new MalformedContentException("odd", 1, 2))).isEqualTo(FailureReason.FORMAT);
		assertThat(FailureReason.of(new NotMinimalException(List.of("order")))).isEqualTo(FailureReason.FORMAT);
		assertThat(FailureReason.of(new IllegalStateException("of the caller"))).isEqualTo(FailureReason.OTHER);
		assertThat(FailureReason.of(new OutOfMemoryError())).isEqualTo(FailureReason.OTHER);
	}

	/** As the disk fills: the lock file is the first file that can't be created. */
	@Test
	void aFullDiskIsNotALock() {
		FaultyFileOps files = new FaultyFileOps(FileOps.system());
		files.fail((call) -> call.op() == FileCall.Op.OPEN_LOCK, 1, "No space left on device");
		AtomicFileTemplate template = AtomicFileTemplate.builder().files(files).build();
		Throwable thrown = catchThrowable(() -> template.writeString(this.directory.resolve("a"), "x"));
		assertThat(thrown).isInstanceOf(LockNotAcquiredException.class);
		assertThat(FailureReason.of(thrown)).isEqualTo(FailureReason.NO_SPACE);
		assertThat(Files.exists(this.directory.resolve("a"))).isFalse();
	}

	@Test
	void namesAreThoseOfTheMetrics() {
		assertThat(FailureReason.values()).extracting(FailureReason::text)
			.containsExactly("no_space", "read_only", "permission", "lock_timeout", "lock_busy", "lock_lost",
					"unsupported", "conflict", "format", "checksum", "device", "other");
	}

}
