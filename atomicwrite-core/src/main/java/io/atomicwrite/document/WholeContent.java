package io.atomicwrite.document;

import java.util.Arrays;

/**
 * The tree of a format that knows no trees: one leaf, the content. Not changed.
 */
final class WholeContent {

	private final byte[] content;

	WholeContent(byte[] content) {
		this.content = content;
	}

	byte[] content() {
		return this.content;
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof WholeContent whole && Arrays.equals(whole.content, this.content);
	}

	@Override
	public int hashCode() {
		return Arrays.hashCode(this.content);
	}

}
