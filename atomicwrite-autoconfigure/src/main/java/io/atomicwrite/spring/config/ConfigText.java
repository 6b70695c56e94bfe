package io.atomicwrite.spring.config;

import java.nio.charset.StandardCharsets;

import io.atomicwrite.format.MalformedContentException;

import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;

/**
 * The content of an imported file.
 *
 * @param name the name of its property source and of the origin of its properties
 * @param content the bytes
 * @param text the text, with the byte order mark that it may begin with
 */
record ConfigText(String name, byte[] content, String text) {

	/** The content as the loaders of Spring Boot read it. */
	Resource resource() {
		return new Content(this.content, this.name);
	}

	/** Another text in the place of this, for a loader that reads ISO 8859-1. */
	Resource resourceOf(String other) {
		return new Content(other.getBytes(StandardCharsets.ISO_8859_1), this.name);
	}

	MalformedContentException malformed(int offset, String reason) {
		return malformed(this.text, offset, reason);
	}

	static MalformedContentException malformed(CharSequence text, int offset, String reason) {
		int line = 1;
		int start = 0;
		for (int i = 0; i < offset; i++) {
			if (text.charAt(i) == '\n') {
				line++;
				start = i + 1;
			}
		}
		return new MalformedContentException(reason, line, Character.codePointCount(text, start, offset) + 1);
	}

	private static final class Content extends ByteArrayResource {

		private final String name;

		Content(byte[] bytes, String name) {
			super(bytes);
			this.name = name;
		}

		/** Is the begin of an origin. */
		@Override
		public String getDescription() {
			return this.name;
		}

	}

}
