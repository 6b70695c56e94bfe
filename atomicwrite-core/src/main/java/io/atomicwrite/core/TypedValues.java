package io.atomicwrite.core;

import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.file.Path;

import io.atomicwrite.FormatException;
import io.atomicwrite.format.Formats;

/**
 * Turns values into content and back by the format of the file, in memory.
 */
final class TypedValues {

	private final Formats formats;

	TypedValues(Formats formats) {
		this.formats = formats;
	}

	byte[] encode(Path target, Object value) {
		try {
			return this.formats.of(target).encode(value);
		}
		catch (IOException ex) {
			throw new FormatException(target, null, "the value of " + value.getClass().getName() + " can't be encoded: "
					+ ex.getMessage() + "; nothing was written", ex);
		}
	}

	@SuppressWarnings("unchecked")
	<T> T decode(Path file, byte[] content, Type type) {
		try {
			Object value = this.formats.of(file).decode(content, type);
			if (value == null) {
				throw new IOException("it holds null");
			}
			return (T) value;
		}
		catch (IOException ex) {
			throw new FormatException(file, null,
					"does not hold a value of " + type.getTypeName() + ": " + ex.getMessage(), ex);
		}
	}

}
