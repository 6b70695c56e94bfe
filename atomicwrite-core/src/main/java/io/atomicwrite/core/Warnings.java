package io.atomicwrite.core;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The warnings of one write: passed to the listeners at once, and kept for the result.
 */
final class Warnings {

	private final Path target;

	private final WriteListener listener;

	private final List<String> texts = new ArrayList<>(0);

	Warnings(Path target, WriteListener listener) {
		this.target = target;
		this.listener = listener;
	}

	void add(String text) {
		this.texts.add(text);
		this.listener.warned(this.target, text);
	}

	List<String> texts() {
		return List.copyOf(this.texts);
	}

}
