package io.atomicwrite.format.syntax;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

import io.atomicwrite.format.FormatLimits;
import io.atomicwrite.format.MalformedContentException;

/**
 * A text in UTF-8 with the byte order mark that it may begin with.
 *
 * @param mark the byte order mark, or nothing
 * @param text the rest
 */
record Encoded(String mark, String text) {

	private static final String MARK = "\ufeff";

	static Encoded of(byte[] content, FormatLimits limits) throws MalformedContentException {
		if (content.length > limits.size()) {
			throw new MalformedContentException(
					"the file has " + content.length + " bytes, over the limit of " + limits.size(), 0, 0);
		}
		CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
		CharBuffer text = CharBuffer.allocate(content.length);
		CoderResult result = decoder.decode(ByteBuffer.wrap(content), text, true);
		text.flip();
		if (result.isError()) {
			throw Grammar.malformed(text.toString(), text.length(), "this is not UTF-8");
		}
		String decoded = text.toString();
		return decoded.startsWith(MARK) ? new Encoded(MARK, decoded.substring(1)) : new Encoded("", decoded);
	}

	Encoded with(String newText) {
		return new Encoded(this.mark, newText);
	}

	byte[] bytes() {
		return (this.mark + this.text).getBytes(StandardCharsets.UTF_8);
	}

}
