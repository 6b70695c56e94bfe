package io.atomicwrite.format;

import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Encodes and decodes the values of one kind of file. Works in memory: no file is open
 * meanwhile. Implementations are thread-safe.
 */
public interface Format {

	/**
	 * Returns the extensions of the files that have this format.
	 * @return the extensions in lower case without the dot, such as {@code json}
	 */
	Set<String> extensions();

	/**
	 * Encodes a value.
	 * @param value the value
	 * @return the content of the file
	 * @throws IOException if the value can't be encoded
	 */
	byte[] encode(@Nullable Object value) throws IOException;

	/**
	 * Decodes a value.
	 * @param content the content of the file
	 * @param type the type of the value
	 * @return the value, {@code null} if the content says so
	 * @throws IOException if the content is malformed or does not fit the type
	 */
	@Nullable Object decode(byte[] content, Type type) throws IOException;

}
