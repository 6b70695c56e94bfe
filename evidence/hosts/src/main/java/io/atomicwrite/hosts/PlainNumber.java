package io.atomicwrite.hosts;

import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Set;

import io.atomicwrite.format.Format;

/**
 * A file with one decimal number.
 */
final class PlainNumber implements Format {

	@Override
	public Set<String> extensions() {
		return Set.of("number");
	}

	@Override
	public byte[] encode(Object value) {
		return value.toString().getBytes(StandardCharsets.US_ASCII);
	}

	@Override
	public Object decode(byte[] content, Type type) throws IOException {
		try {
			return Long.valueOf(new String(content, StandardCharsets.US_ASCII));
		}
		catch (NumberFormatException ex) {
			throw new IOException("not a number", ex);
		}
	}

}
