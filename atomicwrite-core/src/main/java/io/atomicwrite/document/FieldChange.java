package io.atomicwrite.document;

import org.jspecify.annotations.Nullable;

/**
 * One difference of two values of a document. Secrets are masked, so it may be logged.
 * Immutable and thread-safe.
 *
 * @param pointer where, as a JSON pointer such as {@code /server/hosts/1}; the place in a
 * list is that in the new value, or in the old one for what is removed
 * @param before what was there: maps, lists, texts, numbers and truth values;
 * {@code null} if it was added. A secret is {@code ***}
 * @param after what is there now, as above; {@code null} if it was removed
 * @param kind the kind of change
 */
public record FieldChange(String pointer, @Nullable Object before, @Nullable Object after, Kind kind) {

	@Override
	public String toString() {
		String name = this.pointer.isEmpty() ? "/" : this.pointer;
		return switch (this.kind) {
			case ADDED -> name + ": added " + this.after;
			case REMOVED -> name + ": removed " + this.before;
			case CHANGED -> name + ": " + this.before + " -> " + this.after;
		};
	}

	/**
	 * Kinds of changes.
	 */
	public enum Kind {

		/** The field was not there. */
		ADDED,

		/** The field is not there any more. */
		REMOVED,

		/** The field has another value. */
		CHANGED

	}

}
