package io.atomicwrite.format;

/**
 * What happens to the text of a file when a value in it changes.
 */
public enum Formatting {

	/**
	 * Only what changes is changed: comments, order, quotes, indent, line ends, the
	 * spelling of numbers and keys that the type does not know stay. Where that is not
	 * possible, the smallest part that contains the change is written anew, and what was
	 * lost by that is reported. The default.
	 */
	MINIMAL,

	/**
	 * As {@link #MINIMAL}, but a change that would lose anything is refused with a
	 * {@link NotMinimalException}.
	 */
	REQUIRE_MINIMAL,

	/**
	 * The whole file is written anew from the value, whatever it held: comments, layout
	 * and keys that the type does not know are lost.
	 */
	REWRITE

}
