package io.atomicwrite.spring.pages;

import io.atomicwrite.LockNotAcquiredException;
import io.atomicwrite.TargetMissingException;
import io.atomicwrite.VersionConflictException;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

@RestControllerAdvice
class FileProblems {

	@ExceptionHandler
	ProblemDetail missing(TargetMissingException ex) {
		return ProblemDetail.forStatus(HttpStatus.NOT_FOUND);
	}

	@ExceptionHandler
	ProblemDetail changed(VersionConflictException ex) {
		return ProblemDetail.forStatusAndDetail(HttpStatus.PRECONDITION_FAILED, "somebody else has changed it");
	}

	@ExceptionHandler
	ResponseEntity<ProblemDetail> busy(LockNotAcquiredException ex) {
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatus.SERVICE_UNAVAILABLE, "it is being changed");
		return ResponseEntity.of(problem).headers((headers) -> headers.set("Retry-After", "1")).build();
	}

}
