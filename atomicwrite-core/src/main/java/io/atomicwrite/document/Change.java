package io.atomicwrite.document;

import java.util.List;

/**
 * Two values of a document and how they differ. As immutable and thread-safe as the
 * values are.
 *
 * @param <T> the type of the values
 * @param before the old value
 * @param after the new value
 * @param diff the differences, secrets masked; empty if there are none
 */
public record Change<T>(T before, T after, List<FieldChange> diff) {

	/**
	 * Creates a change.
	 */
	public Change {
		diff = List.copyOf(diff);
	}

	/**
	 * Returns whether the values are the same.
	 * @return whether there is no difference
	 */
	public boolean isEmpty() {
		return this.diff.isEmpty();
	}

	/** Shows the differences alone, as the values may have secrets. */
	@Override
	public String toString() {
		return "Change" + this.diff;
	}

}
