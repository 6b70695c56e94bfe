package io.atomicwrite.document;

import io.atomicwrite.FormatException;
import io.atomicwrite.Problem;
import io.atomicwrite.Remedy;
import org.jspecify.annotations.Nullable;

/**
 * The content of a document, or a value that was to be written to it, is not valid. No
 * file was touched. As immutable and thread-safe as its superclass.
 */
public final class InvalidDocumentException extends FormatException {

	private static final long serialVersionUID = 1L;

	private final DocumentProblem documentProblem;

	private InvalidDocumentException(DocumentProblem problem, String summary, Remedy remedy,
			@Nullable Throwable cause) {
		super(problem.file(), null, Problem.of(summary, remedy), cause);
		this.documentProblem = problem;
	}

	/**
	 * Returns the exception of a file that is not valid.
	 * @param problem what is wrong
	 * @return the exception
	 */
	static InvalidDocumentException ofFile(DocumentProblem problem) {
		return new InvalidDocumentException(problem, "is not valid: " + problem.description(), Remedy.CORRECT_FILE,
				null);
	}

	/**
	 * Returns the exception of a value that can't be written.
	 * @param problem what is wrong
	 * @param cause the cause, if there is one that has no values in its messages
	 * @return the exception
	 */
	static InvalidDocumentException ofValue(DocumentProblem problem, @Nullable Throwable cause) {
		return new InvalidDocumentException(problem,
				"the new value is not valid: " + problem.message() + "; nothing was written", Remedy.CORRECT_CONTENT,
				cause);
	}

	/**
	 * Returns what is wrong.
	 * @return the problem, with line and column where it is one of a file
	 */
	public DocumentProblem documentProblem() {
		return this.documentProblem;
	}

}
