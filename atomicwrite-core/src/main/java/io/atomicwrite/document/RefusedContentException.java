package io.atomicwrite.document;

import java.io.IOException;

import io.atomicwrite.document.DocumentProblem.Kind;
import io.atomicwrite.format.MalformedContentException;

/**
 * Ends the reading of a content that is not valid.
 */
final class RefusedContentException extends IOException {

	private static final long serialVersionUID = 1L;

	private final Kind kind;

	private final transient FieldPath path;

	private final int line;

	private final int column;

	private RefusedContentException(Kind kind, String message, FieldPath path, int line, int column) {
		super(message);
		this.kind = kind;
		this.path = path;
		this.line = line;
		this.column = column;
	}

	RefusedContentException(Kind kind, String message, FieldPath path) {
		this(kind, message, path, 0, 0);
	}

	static RefusedContentException of(Kind kind, IOException failure) {
		if (failure instanceof MalformedContentException malformed) {
			return new RefusedContentException(kind, malformed.reason(), new FieldPath(malformed.path()),
					malformed.line(), malformed.column());
		}
		return new RefusedContentException(kind, String.valueOf(failure.getMessage()), FieldPath.WHOLE, 0, 0);
	}

	Kind kind() {
		return this.kind;
	}

	String reason() {
		return String.valueOf(getMessage());
	}

	FieldPath path() {
		return this.path;
	}

	int line() {
		return this.line;
	}

	int column() {
		return this.column;
	}

}
