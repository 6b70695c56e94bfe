package io.atomicwrite.guarantee;

/**
 * The evidence behind a row of the matrix. Only a level that was demonstrated may be
 * {@code GUARANTEED}.
 */
enum Evidence {

	/** The project's tests mount this filesystem and check what the row claims. */
	MOUNTED("mounted by the tests"),

	/** Measured once in a virtual machine; the row's sources give the figures. */
	MEASURED("measured once"),

	/** Taken from the documentation of the filesystem. */
	DOCUMENTED("documented, not tested"),

	/** Neither tested nor documented: general knowledge only. */
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
