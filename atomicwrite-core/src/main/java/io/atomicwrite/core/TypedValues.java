package io.atomicwrite.core;

import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.atomicwrite.FormatException;
import io.atomicwrite.Problem;
import io.atomicwrite.Remedy;
import io.atomicwrite.format.Format;
import io.atomicwrite.format.Formats;
import io.atomicwrite.format.jackson.JacksonJsonFormat;
import org.jspecify.annotations.Nullable;

/**
 * Turns values into content and back by the format of the file, in memory.
 */
final class TypedValues {

	private static final String JACKSON = "tools.jackson.databind.json.JsonMapper";

	private final List<Format> given;

	private volatile @Nullable Formats formats;

	TypedValues(List<Format> given) {
		this.given = List.copyOf(given);
	}

	byte[] encode(Path target, Object value) {
		try {
			return formats().of(target).encode(value);
		}
		catch (IOException ex) {
			throw new FormatException(target, null, Problem.of("the value of " + value.getClass().getName()
					+ " can't be encoded: " + ex.getMessage() + "; nothing was written", Remedy.CORRECT_CONTENT), ex);
		}
	}

	@SuppressWarnings("unchecked")
	<T> T decode(Path file, byte[] content, Type type) {
		try {
			Object value = formats().of(file).decode(content, type);
			if (value == null) {
				throw new IOException("it holds null");
			}
			return (T) value;
		}
		catch (IOException ex) {
			throw new FormatException(file, null, Problem
				.of("does not hold a value of " + type.getTypeName() + ": " + ex.getMessage(), Remedy.CORRECT_FILE),
					ex);
		}
	}

	/** With the first value: to look for Jackson takes time that many never need. */
	private Formats formats() {
		Formats known = this.formats;
		if (known == null) {
			List<Format> all = new ArrayList<>(this.given);
			if (isJacksonPresent()) {
				all.add(new JacksonJsonFormat());
			}
			known = new Formats(all);
			this.formats = known;
		}
		return known;
	}

	private static boolean isJacksonPresent() {
		try {
			Class.forName(JACKSON, false, TypedValues.class.getClassLoader());
			return true;
		}
		catch (ClassNotFoundException ex) {
			return false;
		}
	}

}
