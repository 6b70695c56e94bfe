package io.atomicwrite.format.syntax;

import io.atomicwrite.format.FormatLimits;
import io.atomicwrite.format.MalformedContentException;
import org.jspecify.annotations.Nullable;

/**
 * YAML 1.2 with its core schema and merge keys, one document, by SnakeYAML Engine.
 */
final class YamlGrammar extends Grammar {

	/** Whether aliases stay what they are. */
	private final boolean references;

	YamlGrammar(FormatLimits limits, boolean references) {
		super(limits);
		this.references = references;
		YamlComposer.requireLibrary();
	}

	@Override
	Surface parse(String text) throws MalformedContentException {
		YamlComposer composer = new YamlComposer(text, limits(), this.references);
		Node root = composer.compose();
		return new YamlSurface(text, root, composer.trivia());
	}

	@Override
	String render(@Nullable Object tree) {
		return new YamlRenderer("\n", "  ", "  ").document(tree) + "\n";
	}

}
