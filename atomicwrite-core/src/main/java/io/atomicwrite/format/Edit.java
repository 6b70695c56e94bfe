package io.atomicwrite.format;

import java.util.List;

/**
 * The new content of a file, and what the old one had that it has not. Thread-safe.
 */
public final class Edit {

	private final byte[] content;

	private final boolean minimal;

	private final List<String> losses;

	/**
	 * Creates an edit.
	 * @param content the new content; not copied
	 * @param minimal whether nothing but what changes was changed
	 * @param losses what was lost, each with its line and never with its text
	 */
	public Edit(byte[] content, boolean minimal, List<String> losses) {
		this.content = content;
		this.minimal = minimal;
		this.losses = List.copyOf(losses);
	}

	/**
	 * Returns the new content.
	 * @return the bytes; not copied
	 */
	public byte[] content() {
		return this.content;
	}

	/**
	 * Returns whether nothing but what changes was changed.
	 * @return {@code false} if a larger part was written anew
	 */
	public boolean minimal() {
		return this.minimal;
	}

	/**
	 * Returns what was lost beside the values that were removed on purpose.
	 * @return texts for a person, such as {@code line 7: a comment}; none if the edit is
	 * minimal
	 */
	public List<String> losses() {
		return this.losses;
	}

	@Override
	public String toString() {
		return "Edit[" + this.content.length + " bytes, minimal=" + this.minimal + ", losses=" + this.losses + "]";
	}

}
