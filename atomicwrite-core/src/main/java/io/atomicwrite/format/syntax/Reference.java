package io.atomicwrite.format.syntax;

/**
 * An alias of YAML in the tree of a text whose references are kept: see
 * {@link Grammar#yamlWithReferences}. Immutable and thread-safe.
 *
 * @param anchor the name of the anchor that it refers to
 */
record Reference(String anchor) {

	/**
	 * Returns the alias as it is written.
	 * @return the name behind an asterisk
	 */
	@Override
	public String toString() {
		return "*" + this.anchor;
	}

}
