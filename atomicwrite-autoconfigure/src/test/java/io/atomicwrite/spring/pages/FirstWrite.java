package io.atomicwrite.spring.pages;

import java.nio.file.Path;

import io.atomicwrite.core.AtomicFileTemplate;

class FirstWrite {

	public static void main(String[] arguments) {
		try (AtomicFileTemplate files = AtomicFileTemplate.create()) {
			files.writeString(Path.of(arguments[0]), "Hello");
			System.out.println(files.readString(Path.of(arguments[0])));
		}
	}

}
