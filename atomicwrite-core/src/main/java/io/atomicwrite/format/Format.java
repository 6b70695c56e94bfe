package io.atomicwrite.format;

import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Encodes and decodes the values of one kind of file. Works in memory: no file is open
 * meanwhile. Implementations are thread-safe.
 *
 * <p>
 * A format is registered with the builder of a template, is a bean in a Spring
 * application, or is found on the class path: see {@link Formats#detected()}.
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
	 * @throws IOException if the value can't be encoded; no other exception
	 */
	byte[] encode(Object value) throws IOException;

	/**
	 * Decodes a value.
	 * @param content the content of the file
	 * @param type the type of the value; {@code Object.class} stands for whatever the
	 * content holds, as maps, lists, texts and numbers for example
	 * @return the value, {@code null} if the content stands for no value
	 * @throws IOException if the content is malformed, as one with something after the
	 * value is, or does not fit the type; no other exception
	 */
	@Nullable Object decode(byte[] content, Type type) throws IOException;

}
