package io.atomicwrite.format;

import java.io.IOException;
import java.util.List;

/**
 * The content of a file is malformed, exceeds a limit, or does not fit the type. The
 * message says where and why and never quotes a value: a file of settings holds secrets,
 * and messages go to logs. Keys may be named.
 */
public final class MalformedContentException extends IOException {

	private static final long serialVersionUID = 1L;

	private final String reason;

	private final int line;

	private final int column;

	private final List<Object> path;

	/**
	 * Creates the exception.
	 * @param reason what is wrong, without any value of the file
	 * @param line the line, counted from 1, or 0 if it is unknown
	 * @param column the column in characters, counted from 1, or 0 if it is unknown
	 */
	public MalformedContentException(String reason, int line, int column) {
		super((line > 0) ? "line " + line + ", column " + column + ": " + reason : reason);
		this.reason = reason;
		this.line = line;
		this.column = column;
		this.path = List.of();
	}

	/**
	 * Creates the exception of a tree that does not fit a type. Where that is in a file,
	 * if it is in one, {@link EditableFormat#place} says.
	 * @param reason what is wrong, without any value of the file
	 * @param path the keys and, in lists, places that lead to the value
	 */
	public MalformedContentException(String reason, List<?> path) {
		super(reason);
		this.reason = reason;
		this.line = 0;
		this.column = 0;
		this.path = List.copyOf(path);
	}

	/**
	 * Returns what is wrong.
	 * @return the message without the place
	 */
	public String reason() {
		return this.reason;
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
	 * Returns the path of the value that does not fit a type.
	 * @return its keys and, in lists, places; empty if it is unknown or the whole tree
	 */
	public List<Object> path() {
		return this.path;
	}

}
