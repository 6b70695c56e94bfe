package io.atomicwrite.format.jackson;

import java.util.Set;

import io.atomicwrite.format.FormatLimits;
import io.atomicwrite.format.syntax.Grammar;

/**
 * Properties in UTF-8 with keys as Spring writes them, {@code server.hosts[0]}, bound by
 * Jackson 3; edits keep the file as it is written. A key that is there twice is refused.
 * All values of the file are texts, and become what the type asks for. Immutable and
 * thread-safe.
 */
public final class JacksonPropertiesFormat extends JacksonTextFormat {

	/**
	 * Creates a format.
	 */
	public JacksonPropertiesFormat() {
		this(FormatLimits.defaults());
	}

	/**
	 * Creates a format with limits.
	 * @param limits how much it takes in
	 */
	public JacksonPropertiesFormat(FormatLimits limits) {
		super(Grammar.properties(limits), new JacksonBinding(JacksonBinding.ofTexts(limits), limits));
	}

	@Override
	public Set<String> extensions() {
		return Set.of("properties");
	}

}
