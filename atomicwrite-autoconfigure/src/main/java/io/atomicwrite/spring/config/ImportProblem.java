package io.atomicwrite.spring.config;

import java.nio.file.Path;

import io.atomicwrite.AtomicWriteException;
import io.atomicwrite.ChecksumMismatchException;
import io.atomicwrite.format.MalformedContentException;

/**
 * Why the content of an imported file is not used. Has no value of the file. Immutable.
 *
 * @param kind the kind of problem
 * @param line the line, counted from 1, or 0 if there is none
 * @param column the column, counted from 1, or 0 if there is none
 * @param message what is wrong, as a clause that follows the name of the file
 */
public record ImportProblem(Kind kind, int line, int column, String message) {

	/**
	 * Kinds of problems.
	 */
	public enum Kind {

		/** The content does not match the checksum, or there is none and must be. */
		CORRUPT,

		/** The content is malformed. */
		MALFORMED,

		/** The properties do not fit the types that they are bound to. */
		NOT_BINDABLE,

		/** The file can't be read, or is too large. */
		UNREADABLE

	}

	static ImportProblem malformed(MalformedContentException ex) {
		String message = String.valueOf(ex.getMessage());
		String place = "line " + ex.line() + ", column " + ex.column() + ": ";
		return new ImportProblem(Kind.MALFORMED, ex.line(), ex.column(),
				"is malformed: " + (message.startsWith(place) ? message.substring(place.length()) : message));
	}

	static ImportProblem corrupt(AtomicWriteException ex) {
		if (ex instanceof ChecksumMismatchException mismatch) {
			String where = mismatch.problem().obstacle().map(Path::toString).orElse("its attribute");
			return new ImportProblem(Kind.CORRUPT, 0, 0, "does not match its checksum: " + where + " records "
					+ mismatch.expected() + ", found " + mismatch.found());
		}
		return new ImportProblem(Kind.CORRUPT, 0, 0, ex.problem().summary());
	}

	static ImportProblem unreadable(String reason) {
		return new ImportProblem(Kind.UNREADABLE, 0, 0, reason);
	}

	/** Returns the problem with its place. */
	String text() {
		return ((this.line > 0) ? "line " + this.line + ", column " + this.column + ": " : "") + this.message;
	}

}
