package io.atomicwrite.format.syntax;

/**
 * How a YAML text is indented.
 *
 * @param map the indent of a map in a map
 * @param list the indent of a list in a map
 */
record YamlIndent(String map, String list) {

	private static final String DEFAULT = "  ";

	/** As the first map and the first list in a map are. */
	static YamlIndent of(String text, Node root) {
		String map = find(text, root, true);
		String list = find(text, root, false);
		return new YamlIndent((map != null && !map.isEmpty()) ? map : DEFAULT, (list != null) ? list : DEFAULT);
	}

	private static @org.jspecify.annotations.Nullable String find(String text, Node node, boolean map) {
		if (node.isScalar() || node.style() != YamlPlaces.BLOCK || node.isAlias()) {
			return null;
		}
		for (Node.Child child : node.children()) {
			Node inner = child.node();
			boolean block = !inner.isScalar() && !inner.isAlias() && inner.style() == YamlPlaces.BLOCK;
			if (block && node.isMap() && inner.isMap() == map) {
				int more = of(text, inner.start()).length() - of(text, node.start()).length();
				if (more >= 0) {
					return " ".repeat(more);
				}
			}
			String deeper = find(text, inner, map);
			if (deeper != null) {
				return deeper;
			}
		}
		return null;
	}

	/** Blanks up to the column of an offset. */
	static String of(String text, int offset) {
		return " ".repeat(offset - Lines.start(text, offset));
	}

}
