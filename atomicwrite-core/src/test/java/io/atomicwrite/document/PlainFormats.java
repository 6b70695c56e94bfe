package io.atomicwrite.document;

import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Set;

import io.atomicwrite.format.Format;
import io.atomicwrite.format.MalformedContentException;

/**
 * Formats that know no trees.
 */
final class PlainFormats {

	private PlainFormats() {
	}

	/** Holds a text. */
	static final class Words implements Format {

		@Override
		public Set<String> extensions() {
			return Set.of("txt");
		}

		@Override
		public byte[] encode(Object value) {
			return Kinds.bytes("word " + value);
		}

		@Override
		public Object decode(byte[] content, Type type) throws IOException {
			String text = Kinds.text(content);
			if (!text.startsWith("word ")) {
				throw new MalformedContentException("no word", 7, 1);
			}
			return text.substring(5);
		}

	}

	/** Throws what formats must not throw. */
	static final class Failing implements Format {

		@Override
		public Set<String> extensions() {
			return Set.of("txt");
		}

		@Override
		public byte[] encode(Object value) {
			return new byte[0];
		}

		@Override
		public Object decode(byte[] content, Type type) {
			throw new IllegalStateException("can't read " + Kinds.text(content));
		}

	}

}
