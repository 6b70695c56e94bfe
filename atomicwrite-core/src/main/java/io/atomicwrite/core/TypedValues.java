package io.atomicwrite.core;

import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import io.atomicwrite.FormatException;
import io.atomicwrite.Problem;
import io.atomicwrite.Remedy;
import io.atomicwrite.format.EditableFormat;
import io.atomicwrite.format.Format;
import io.atomicwrite.format.Formats;
import org.jspecify.annotations.Nullable;

/**
 * Turns values into content and back by the format of the file, in memory.
 */
final class TypedValues {

	private static final String NO_VALUE = "it holds null";

	private final List<Supplier<? extends List<? extends Format>>> given;

	private volatile @Nullable Formats formats;

	TypedValues(List<Supplier<? extends List<? extends Format>>> given) {
		this.given = List.copyOf(given);
	}

	/**
	 * Encodes a value of which no more is known than its class. Some values are written
	 * for others to read and have no constructor for that; so it will do if the content
	 * can be decoded to whatever it holds, but not if that is no value.
	 */
	byte[] encode(Path target, Object value) {
		Format format = formats().of(target);
		byte[] content = encode(format, target, value);
		try {
			if (format.decode(content, Object.class) == null) {
				throw unreadable(target, value, new IOException(NO_VALUE));
			}
		}
		catch (IOException ex) {
			// a format may know its own types alone
			if (undecodable(format, content, value.getClass()) != null) {
				throw unreadable(target, value, ex);
			}
		}
		return content;
	}

	/** Encodes a value that must be decoded to the same type again. */
	byte[] encode(Path target, Object value, Type type) {
		Format format = formats().of(target);
		byte[] content = encode(format, target, value);
		IOException reason = undecodable(format, content, type);
		if (reason != null) {
			throw unreadable(target, value, reason);
		}
		return content;
	}

	private static byte[] encode(Format format, Path target, Object value) {
		try {
			return format.encode(value);
		}
		catch (IOException ex) {
			throw new FormatException(target, null, Problem.of("the value of " + value.getClass().getName()
					+ " can't be encoded: " + ex.getMessage() + "; nothing was written", Remedy.CORRECT_CONTENT), ex);
		}
	}

	private static @Nullable IOException undecodable(Format format, byte[] content, Type type) {
		try {
			required(format.decode(content, type));
			return null;
		}
		catch (IOException ex) {
			return ex;
		}
	}

	private static FormatException unreadable(Path target, Object value, IOException reason) {
		return new FormatException(target, null,
				Problem.of("the value of " + value.getClass().getName()
						+ " was encoded to content that the same format can't decode: " + reason.getMessage()
						+ "; nothing was written", Remedy.CORRECT_CONTENT),
				reason);
	}

	/** The format of a file, by its extension. */
	Format format(Path file) {
		return formats().of(file);
	}

	/** The format of a file if it can change a part of one, or {@code null}. */
	@Nullable EditableFormat editable(Path file) {
		return (formats().of(file) instanceof EditableFormat editable) ? editable : null;
	}

	@SuppressWarnings("unchecked")
	<T> T decode(Path file, byte[] content, Type type) {
		try {
			return (T) required(formats().of(file).decode(content, type));
		}
		catch (IOException ex) {
			throw new FormatException(file, null, Problem
				.of("does not hold a value of " + type.getTypeName() + ": " + ex.getMessage(), Remedy.CORRECT_FILE),
					ex);
		}
	}

	private static Object required(@Nullable Object value) throws IOException {
		if (value == null) {
			throw new IOException(NO_VALUE);
		}
		return value;
	}

	/** With the first value: to look for formats takes time that many never need. */
	private Formats formats() {
		Formats known = this.formats;
		if (known == null) {
			List<Format> all = new ArrayList<>();
			this.given.forEach((supplier) -> all.addAll(supplier.get()));
			all.addAll(Formats.detected());
			known = new Formats(all);
			this.formats = known;
		}
		return known;
	}

}
