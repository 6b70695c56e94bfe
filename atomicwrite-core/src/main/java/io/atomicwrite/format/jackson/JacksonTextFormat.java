package io.atomicwrite.format.jackson;

import java.io.IOException;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;

import io.atomicwrite.format.Edit;
import io.atomicwrite.format.EditableFormat;
import io.atomicwrite.format.FormatLimits;
import io.atomicwrite.format.Formatting;
import io.atomicwrite.format.MalformedContentException;
import io.atomicwrite.format.syntax.Grammar;
import io.atomicwrite.format.syntax.Trees;
import org.jspecify.annotations.Nullable;

/**
 * A format whose text has a grammar of ours, and whose values Jackson binds.
 */
abstract class JacksonTextFormat implements EditableFormat {

	private final Grammar grammar;

	private final JacksonBinding binding;

	JacksonTextFormat(Grammar grammar, JacksonBinding binding) {
		this.grammar = grammar;
		this.binding = binding;
	}

	@Override
	public final FormatLimits limits() {
		return this.grammar.limits();
	}

	final JacksonBinding binding() {
		return this.binding;
	}

	/** Parses a text; another parser may have its say. */
	Grammar.Parsed parse(byte[] content) throws MalformedContentException {
		return this.grammar.read(content);
	}

	@Override
	public byte[] encode(Object value) throws IOException {
		return this.grammar.write(this.binding.toTree(value));
	}

	@Override
	public @Nullable Object decode(byte[] content, Type type) throws IOException {
		return this.binding.fromText(parse(content), type);
	}

	@Override
	public final @Nullable Object readTree(byte[] content) throws MalformedContentException {
		return parse(content).tree();
	}

	@Override
	public final byte[] writeTree(@Nullable Object tree) throws IOException {
		return this.grammar.write(tree);
	}

	@Override
	public final @Nullable Object toTree(Object value) throws IOException {
		return this.grammar.held(this.binding.toTree(value));
	}

	@Override
	public final @Nullable Object fromTree(@Nullable Object tree, Type type) throws IOException {
		return this.binding.fromTree(tree, type);
	}

	@Override
	public final List<List<Object>> unknownKeys(@Nullable Object tree, Type type) throws IOException {
		return this.binding.unknownKeys(tree, type);
	}

	@Override
	public final Optional<Place> place(byte[] content, List<?> path) throws MalformedContentException {
		return parse(content).place(path);
	}

	@Override
	public final Edit editTree(byte[] content, @Nullable Object tree, Formatting formatting) throws IOException {
		Edit edit = this.grammar.edit(content, tree, formatting);
		parse(edit.content());
		return edit;
	}

	@Override
	public final Edit edit(byte[] content, Object value, Type type, Formatting formatting) throws IOException {
		if (formatting == Formatting.REWRITE) {
			return new Edit(encode(value), false, List.of());
		}
		Object raw = readTree(content);
		Object after = toTree(value);
		Object before = raw;
		try {
			Object old = decode(content, type);
			before = (old != null) ? toTree(old) : null;
		}
		catch (IOException ex) {
			// a type for writing alone: the whole file is its
		}
		return editTree(content, Trees.patch(raw, before, after), formatting);
	}

}
