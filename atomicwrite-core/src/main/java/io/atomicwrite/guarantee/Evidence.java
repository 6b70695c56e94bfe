package io.atomicwrite.guarantee;

/**
 * What a row of the matrix rests on. Only what was shown may be called guaranteed.
 */
enum Evidence {

	/** The project's tests mount it and try what the row says. */
	MOUNTED("mounted by the tests"),

	/** Tried once, in a virtual machine, with the figures in the sources of the row. */
	MEASURED("measured once"),

	/** What its documentation says. */
	DOCUMENTED("documented, not tested"),

	/** Nothing but general knowledge. */
	UNTESTED("not tested");

	private final String text;

	Evidence(String text) {
		this.text = text;
	}

	String text() {
		return this.text;
	}

	boolean shown() {
		return this == MOUNTED || this == MEASURED;
	}

}
