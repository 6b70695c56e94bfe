package io.atomicwrite.document;

import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * What is wrong with a document. Has keys of the file and never its values, as they may
 * be secrets. Immutable and thread-safe.
 */
public final class DocumentProblem implements Serializable {

	private static final long serialVersionUID = 1L;

	private final String file;

	private final Kind kind;

	private final int line;

	private final int column;

	private final String message;

	private final List<Violation> violations;

	private DocumentProblem(Path file, Kind kind, int line, int column, String message, List<Violation> violations) {
		this.file = file.toString();
		this.kind = kind;
		this.line = line;
		this.column = column;
		this.message = message;
		this.violations = List.copyOf(violations);
	}

	/**
	 * Returns a problem at a place.
	 * @param file the file
	 * @param kind the kind of problem
	 * @param line the line, counted from 1, or 0 if it is unknown
	 * @param column the column in characters, counted from 1, or 0 if it is unknown
	 * @param message what is wrong, without place and without any value of the file
	 * @return the problem
	 */
	public static DocumentProblem of(Path file, Kind kind, int line, int column, String message) {
		return new DocumentProblem(file, kind, line, column, message, List.of());
	}

	/**
	 * Returns the problem that a value is not valid.
	 * @param file the file
	 * @param kind the kind of problem
	 * @param violations what is wrong, at least one; the first one gives the place
	 * @return the problem
	 */
	static DocumentProblem of(Path file, Kind kind, List<Violation> violations) {
		Violation first = violations.get(0);
		String message = String.join("; ", violations.stream().map(Violation::text).toList());
		return new DocumentProblem(file, kind, first.line(), first.column(), message, violations);
	}

	/**
	 * Returns the file.
	 * @return the file of the document
	 */
	public Path file() {
		return Path.of(this.file);
	}

	/**
	 * Returns the kind of problem.
	 * @return the kind
	 */
	public Kind kind() {
		return this.kind;
	}

	/**
	 * Returns the line.
	 * @return the line, counted from 1, or 0 if it is unknown
	 */
	public int line() {
		return this.line;
	}

	/**
	 * Returns the column.
	 * @return the column in characters, counted from 1, or 0 if it is unknown
	 */
	public int column() {
		return this.column;
	}

	/**
	 * Returns what is wrong.
	 * @return a clause without file and place
	 */
	public String message() {
		return this.message;
	}

	/**
	 * Returns each thing that is wrong where there may be several.
	 * @return the violations, for {@link Kind#VIOLATION} and {@link Kind#UNKNOWN_KEY};
	 * else empty
	 */
	public List<Violation> violations() {
		return this.violations;
	}

	/**
	 * Returns what is wrong and where in the file.
	 * @return a clause that follows the name of the file, such as
	 * {@code line 3, column 5: the value of 'port' does not fit the type int}
	 */
	public String description() {
		return place(this.line, this.column) + this.message;
	}

	private static String place(int line, int column) {
		return (line > 0) ? "line " + line + ", column " + column + ": " : "";
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof DocumentProblem problem && problem.file.equals(this.file) && problem.kind == this.kind
				&& problem.line == this.line && problem.column == this.column && problem.message.equals(this.message)
				&& problem.violations.equals(this.violations);
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.file, this.kind, this.line, this.column, this.message, this.violations);
	}

	@Override
	public String toString() {
		return this.file + ": " + description();
	}

	/**
	 * What is wrong with one field.
	 *
	 * @param field the field, such as {@code server.hosts[1]}; empty for the whole value
	 * @param line the line of its key, counted from 1, or 0 if it is not in the file
	 * @param column the column of its key in characters, counted from 1, or 0
	 * @param message what is wrong
	 */
	public record Violation(String field, int line, int column, String message) implements Serializable {

		String text() {
			return this.field.isEmpty() ? this.message : "'" + this.field + "' " + this.message;
		}

	}

	/**
	 * Kinds of problems.
	 */
	public enum Kind {

		/** The file can't be read. */
		UNREADABLE,

		/** There is no file, and there are no valid defaults. */
		MISSING,

		/** The file has no bytes, as after a write that broke off. */
		EMPTY,

		/** The file is larger than the limit of the document. */
		TOO_LARGE,

		/** The content is not well-formed, or exceeds a limit of the format. */
		MALFORMED,

		/** A value does not fit the type. */
		MISMATCH,

		/** There is a key that the type does not know, and must not be. */
		UNKNOWN_KEY,

		/** A field violates a constraint. */
		VIOLATION,

		/** The schema number is no positive integer. */
		SCHEMA,

		/** The schema number is newer than this application knows. */
		TOO_NEW,

		/** A migration is missing or failed. */
		MIGRATION,

		/** The format can't hold the value that is to be written. */
		NOT_WRITABLE

	}

}
