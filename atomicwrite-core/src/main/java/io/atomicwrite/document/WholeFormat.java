package io.atomicwrite.document;

import java.io.IOException;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import io.atomicwrite.format.Edit;
import io.atomicwrite.format.EditableFormat;
import io.atomicwrite.format.Format;
import io.atomicwrite.format.Formatting;
import org.jspecify.annotations.Nullable;

/**
 * A format that writes the whole content each time. Its trees are of one leaf. As
 * thread-safe as the format is.
 */
final class WholeFormat implements EditableFormat {

	private final Format format;

	WholeFormat(Format format) {
		this.format = format;
	}

	@Override
	public Set<String> extensions() {
		return this.format.extensions();
	}

	@Override
	public byte[] encode(Object value) throws IOException {
		return this.format.encode(value);
	}

	@Override
	public @Nullable Object decode(byte[] content, Type type) throws IOException {
		return this.format.decode(content, type);
	}

	@Override
	public Object readTree(byte[] content) {
		return new WholeContent(content);
	}

	@Override
	public byte[] writeTree(@Nullable Object tree) {
		return content(tree);
	}

	@Override
	public Object toTree(Object value) throws IOException {
		return new WholeContent(this.format.encode(value));
	}

	@Override
	public @Nullable Object fromTree(@Nullable Object tree, Type type) throws IOException {
		return this.format.decode(content(tree), type);
	}

	@Override
	public Edit editTree(byte[] content, @Nullable Object tree, Formatting formatting) {
		return new Edit(content(tree), false, List.of());
	}

	@Override
	public Edit edit(byte[] content, Object value, Type type, Formatting formatting) throws IOException {
		return new Edit(encode(value), false, List.of());
	}

	private static byte[] content(@Nullable Object tree) {
		return ((WholeContent) Objects.requireNonNull(tree)).content();
	}

}
