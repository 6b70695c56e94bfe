package io.atomicwrite.core;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.atomicwrite.guarantee.Filesystem;

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

	/**
	 * Adds what concerns a mount: kept for each result, and passed on once for each
	 * mount.
	 */
	void addOfMount(String text, Filesystem filesystem, boolean first) {
		this.texts.add(text);
		if (first) {
			this.listener.warnedOfMount(this.target, filesystem, text);
		}
	}

	List<String> texts() {
		return List.copyOf(this.texts);
	}

}
