package io.atomicwrite.test;

import java.util.HashMap;
import java.util.Map;

/**
 * A file in memory, whatever its names.
 */
final class CrashInode {

	String text;

	final Map<String, String> attributes;

	int mode = 0644;

	CrashInode(String text, Map<String, String> attributes) {
		this.text = text;
		this.attributes = new HashMap<>(attributes);
	}

}
