package io.atomicwrite.format.syntax;

import io.atomicwrite.format.FormatLimits;
import io.atomicwrite.format.MalformedContentException;
import org.jspecify.annotations.Nullable;

/**
 * JSON by RFC 8259, with comments if asked for.
 */
final class JsonGrammar extends Grammar {

	private final boolean comments;

	JsonGrammar(FormatLimits limits, boolean comments) {
		super(limits);
		this.comments = comments;
	}

	@Override
	Surface parse(String text) throws MalformedContentException {
		JsonParser parser = new JsonParser(text, limits(), this.comments);
		Node root = parser.parse();
		return new JsonSurface(text, root, parser.comments());
	}

	@Override
	String render(@Nullable Object tree) {
		return new JsonRenderer("\n", "  ", ": ", true).render(tree, "") + "\n";
	}

}
