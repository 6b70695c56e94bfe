package io.atomicwrite.document;

/**
 * What the documents of these tests hold.
 *
 * @param count a number
 * @param name a text
 */
record Settings(int count, String name) {

	static final Settings DEFAULTS = new Settings(7, "default");

	Settings plus(int more) {
		return new Settings(this.count + more, this.name);
	}

	Settings named(String other) {
		return new Settings(this.count, other);
	}

}
