package io.atomicwrite.sample;

import java.nio.file.Path;
import java.util.Set;

import io.atomicwrite.AtomicWriteException;
import io.atomicwrite.CapabilityNotSupportedException;
import io.atomicwrite.FormatException;
import io.atomicwrite.IoErrorKind;
import io.atomicwrite.LockNotAcquiredException;
import io.atomicwrite.LockNotAcquiredException.Reason;
import io.atomicwrite.ReadFailedException;
import io.atomicwrite.TargetExistsException;
import io.atomicwrite.TargetMissingException;
import io.atomicwrite.UnsupportedEnvironmentException;
import io.atomicwrite.VersionConflictException;
import io.atomicwrite.WriteFailedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/**
 * Responds to requests that failed because of a file. The response contains the name of
 * the file and whether it changed; paths are logged only.
 */
@RestControllerAdvice
class StorageProblems {

	private static final Logger logger = LoggerFactory.getLogger(StorageProblems.class);

	private static final Set<Reason> PASSING = Set.of(Reason.BUSY, Reason.TIMEOUT, Reason.INTERRUPTED, Reason.CLOSED);

	private static final Set<IoErrorKind> FULL = Set.of(IoErrorKind.NO_SPACE, IoErrorKind.QUOTA);

	@ExceptionHandler
	ProblemDetail conflict(VersionConflictException ex) {
		return problem(HttpStatus.PRECONDITION_FAILED,
				"Another client has changed " + name(ex.target()) + ". Read it again and repeat the change.", ex);
	}

	@ExceptionHandler
	ProblemDetail exists(TargetExistsException ex) {
		return problem(HttpStatus.PRECONDITION_FAILED,
				name(ex.target()) + " already exists. Read it and send its entity tag in If-Match.", ex);
	}

	@ExceptionHandler
	ResponseEntity<ProblemDetail> locked(LockNotAcquiredException ex) {
		if (!PASSING.contains(ex.reason())) {
			return ResponseEntity.of(failure(ex)).build();
		}
		logger.warn(ex.getMessage());
		ProblemDetail problem = problem(HttpStatus.SERVICE_UNAVAILABLE,
				name(ex.target()) + " is being written by someone else. Nothing was changed; try again.", ex);
		return ResponseEntity.status(problem.getStatus()).header(HttpHeaders.RETRY_AFTER, "1").body(problem);
	}

	@ExceptionHandler
	ProblemDetail corrupt(FormatException ex) {
		logger.error(ex.getMessage());
		return problem(HttpStatus.INTERNAL_SERVER_ERROR, name(ex.target())
				+ " has invalid content. Correct it, or replace it with a PUT. The log has the details.", ex);
	}

	@ExceptionHandler({ UnsupportedEnvironmentException.class, CapabilityNotSupportedException.class })
	ProblemDetail unsupported(AtomicWriteException ex) {
		logger.error(ex.getMessage());
		return problem(HttpStatus.INTERNAL_SERVER_ERROR, "The filesystem of " + name(ex.target())
				+ " does not provide the guarantees that this service requires. Nothing was changed. See /actuator/atomicwrite.",
				ex);
	}

	@ExceptionHandler
	ProblemDetail failed(WriteFailedException ex) {
		if (ex.problem().error().filter(FULL::contains).isPresent()) {
			logger.error(ex.getMessage());
			return problem(HttpStatus.INSUFFICIENT_STORAGE, "There is no space left for " + name(ex.target()) + ".",
					ex);
		}
		return failure(ex);
	}

	@ExceptionHandler
	ProblemDetail failure(AtomicWriteException ex) {
		logger.error("Write failed", ex);
		return problem(HttpStatus.INTERNAL_SERVER_ERROR, name(ex.target()) + " could not be written.", ex);
	}

	@ExceptionHandler
	ProblemDetail missing(TargetMissingException ex) {
		return ProblemDetail.forStatusAndDetail(HttpStatus.NOT_FOUND, "There is no " + name(ex.target()));
	}

	@ExceptionHandler
	ProblemDetail unreadable(ReadFailedException ex) {
		logger.error(ex.getMessage(), ex);
		return ProblemDetail.forStatusAndDetail(HttpStatus.INTERNAL_SERVER_ERROR,
				"The file can't be read. The log has the details.");
	}

	private static ProblemDetail problem(HttpStatus status, String detail, AtomicWriteException ex) {
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
		problem.setProperty("outcome", ex.outcome());
		return problem;
	}

	private static String name(Path file) {
		return String.valueOf(file.getFileName());
	}

}
