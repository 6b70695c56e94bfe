package io.atomicwrite.core;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Path;

import io.atomicwrite.FormatException;
import io.atomicwrite.Problem;
import io.atomicwrite.Remedy;

/**
 * Encodes text as one whole, before any file is touched; what can't be encoded is an
 * error and not a question mark.
 */
final class TextEncoder {

	private TextEncoder() {
	}

	static ByteBuffer encode(Path target, CharSequence text, Charset charset) {
		try {
			return charset.newEncoder()
				.onMalformedInput(CodingErrorAction.REPORT)
				.onUnmappableCharacter(CodingErrorAction.REPORT)
				.encode(CharBuffer.wrap(text));
		}
		catch (CharacterCodingException ex) {
			throw new FormatException(target, null,
					Problem.of("the text can't be encoded in " + charset
							+ " (half of a surrogate pair, or a character that it does not have); nothing was written",
							Remedy.CORRECT_CONTENT),
					ex);
		}
	}

	static String decode(Path target, byte[] content, Charset charset) {
		try {
			return charset.newDecoder()
				.onMalformedInput(CodingErrorAction.REPORT)
				.onUnmappableCharacter(CodingErrorAction.REPORT)
				.decode(ByteBuffer.wrap(content))
				.toString();
		}
		catch (CharacterCodingException ex) {
			throw new FormatException(target, null, Problem.of("is not text in " + charset, Remedy.CORRECT_FILE), ex);
		}
	}

}
