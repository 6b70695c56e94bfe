package io.atomicwrite.format;

import java.io.IOException;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * A format that can change a part of a file and leave the rest of its text alone.
 *
 * <p>
 * It works on trees. A tree is a {@link java.util.Map} with texts as keys, a
 * {@link java.util.List}, a {@link String}, a {@link java.math.BigInteger}, a
 * {@link java.math.BigDecimal} (as spelled, so {@code 1.10} has two decimals), a
 * {@link Double} for what is no number or infinite, a {@link Boolean} or {@code null}.
 * Formats without a type for it (dates; all but texts in properties) hold a text.
 * Implementations are thread-safe.
 */
public interface EditableFormat extends Format {

	/**
	 * Returns how much the format takes in.
	 * @return the limits
	 */
	default FormatLimits limits() {
		return FormatLimits.defaults();
	}

	/**
	 * Reads the tree of a file.
	 * @param content the content of the file
	 * @return the tree
	 * @throws MalformedContentException if the content is malformed or exceeds a limit
	 */
	@Nullable Object readTree(byte[] content) throws MalformedContentException;

	/**
	 * Writes a file that has a tree.
	 * @param tree the tree
	 * @return the content
	 * @throws IOException if the format can't hold such a tree
	 */
	byte[] writeTree(@Nullable Object tree) throws IOException;

	/**
	 * Returns the tree that {@link #encode} writes for a value.
	 * @param value the value
	 * @return the tree
	 * @throws IOException if the value can't be encoded
	 */
	@Nullable Object toTree(Object value) throws IOException;

	/**
	 * Returns the value that {@link #decode} reads where a file has a tree. Keys that the
	 * type does not know are ignored: {@link #unknownKeys} returns them.
	 * @param tree the tree
	 * @param type the type of the value
	 * @return the value, {@code null} if the tree is
	 * @throws MalformedContentException if the tree does not fit the type, and the format
	 * knows where
	 * @throws IOException if the tree does not fit the type
	 */
	@Nullable Object fromTree(@Nullable Object tree, Type type) throws IOException;

	/**
	 * Returns the keys of a tree that a type does not know. By default, these are the
	 * keys that are gone once the tree was bound to the type and back; what is in lists
	 * counts as known.
	 * @param tree the tree
	 * @param type the type of the value
	 * @return the path of each such key: keys and, in lists, places
	 * @throws IOException if the tree does not fit the type
	 */
	default List<List<Object>> unknownKeys(@Nullable Object tree, Type type) throws IOException {
		Object value = fromTree(tree, type);
		List<List<Object>> paths = new ArrayList<>();
		collectUnknown(tree, (value != null) ? toTree(value) : tree, List.of(), paths);
		return paths;
	}

	private static void collectUnknown(@Nullable Object tree, @Nullable Object known, List<Object> path,
			List<List<Object>> paths) {
		if (tree instanceof Map<?, ?> map && known instanceof Map<?, ?> knownMap) {
			map.forEach((key, child) -> {
				List<Object> longer = new ArrayList<>(path);
				longer.add(key);
				if (knownMap.containsKey(key)) {
					collectUnknown(child, knownMap.get(key), longer, paths);
				}
				else {
					paths.add(longer);
				}
			});
		}
	}

	/**
	 * Finds where a value begins.
	 * @param content the content of the file
	 * @param path the keys and, in lists, places that lead to the value
	 * @return the place of its key, or of the nearest value on the way to it that is
	 * there; empty if there is none, or the format does not know places
	 * @throws MalformedContentException if the content is malformed or exceeds a limit
	 */
	default Optional<Place> place(byte[] content, List<?> path) throws MalformedContentException {
		return Optional.empty();
	}

	/**
	 * Changes a file so that it has a tree. The result is read again and has exactly that
	 * tree, whatever the formatting.
	 * @param content the content of the file
	 * @param tree the tree that it is to have
	 * @param formatting what happens to the text
	 * @return the new content
	 * @throws MalformedContentException if the content is malformed or exceeds a limit
	 * @throws NotMinimalException if the formatting requires a minimal edit and there is
	 * none
	 * @throws IOException if the format can't hold such a tree
	 */
	Edit editTree(byte[] content, @Nullable Object tree, Formatting formatting) throws IOException;

	/**
	 * Changes a file so that it has a value. Where the old content is of the type, only
	 * the difference of the old and the new value is applied, so what the type does not
	 * know of the file stays, in elements of lists, too. Where it is not, all that the
	 * file has and the new value has not is removed.
	 * @param content the content of the file
	 * @param value the new value
	 * @param type the type of the value
	 * @param formatting what happens to the text; with {@link Formatting#REWRITE} what
	 * the type does not know is lost
	 * @return the new content
	 * @throws MalformedContentException if the content is malformed or exceeds a limit
	 * @throws NotMinimalException if the formatting requires a minimal edit and there is
	 * none
	 * @throws IOException if the value can't be encoded
	 */
	Edit edit(byte[] content, Object value, Type type, Formatting formatting) throws IOException;

	/**
	 * A place in a file.
	 *
	 * @param line the line, counted from 1
	 * @param column the column in characters, counted from 1
	 */
	record Place(int line, int column) {
	}

}
