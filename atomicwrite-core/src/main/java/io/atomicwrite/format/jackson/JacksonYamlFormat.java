package io.atomicwrite.format.jackson;

import java.util.Set;

import io.atomicwrite.format.FormatLimits;
import io.atomicwrite.format.syntax.Grammar;

/**
 * YAML 1.2 with its core schema, one document, parsed by SnakeYAML Engine and bound by
 * Jackson 3; edits keep it as it is written. Merge keys are read. A key that is there
 * twice and an alias to what contains it are refused. Immutable and thread-safe.
 */
public final class JacksonYamlFormat extends JacksonTextFormat {

	/**
	 * Creates a format.
	 */
	public JacksonYamlFormat() {
		this(FormatLimits.defaults());
	}

	/**
	 * Creates a format with limits.
	 * @param limits how much it takes in
	 */
	public JacksonYamlFormat(FormatLimits limits) {
		super(Grammar.yaml(limits), new JacksonBinding(JacksonBinding.ofTexts(limits), limits));
	}

	@Override
	public Set<String> extensions() {
		return Set.of("yaml", "yml");
	}

}
