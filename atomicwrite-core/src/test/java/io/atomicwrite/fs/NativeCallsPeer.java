package io.atomicwrite.fs;

import java.nio.file.Path;

import io.atomicwrite.core.AtomicFileTemplate;

/**
 * A fresh JVM that writes one file, reads it back and prints which calls it has used.
 */
final class NativeCallsPeer {

	private NativeCallsPeer() {
	}

	public static void main(String[] args) {
		Path file = Path.of(args[0]);
		try (AtomicFileTemplate template = AtomicFileTemplate.create()) {
			template.writeString(file, "content");
			System.out.println("> " + template.readString(file) + ", " + NativeCalls.status());
		}
	}

}
