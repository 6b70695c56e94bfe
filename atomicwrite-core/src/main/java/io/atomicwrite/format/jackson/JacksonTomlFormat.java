package io.atomicwrite.format.jackson;

import java.util.Set;

import io.atomicwrite.format.FormatLimits;
import io.atomicwrite.format.MalformedContentException;
import io.atomicwrite.format.syntax.Grammar;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.dataformat.toml.TomlFactory;
import tools.jackson.dataformat.toml.TomlMapper;

/**
 * TOML 1.0 by Jackson 3; edits keep the file as it is written. What Jackson's parser
 * refuses is refused. Dates and times are texts where the type does not say otherwise.
 * Immutable and thread-safe.
 */
public final class JacksonTomlFormat extends JacksonTextFormat {

	private final TomlMapper judge;

	/**
	 * Creates a format.
	 */
	public JacksonTomlFormat() {
		this(FormatLimits.defaults());
	}

	/**
	 * Creates a format with limits.
	 * @param limits how much it takes in
	 */
	public JacksonTomlFormat(FormatLimits limits) {
		super(Grammar.toml(limits), new JacksonBinding(JacksonBinding.ofTexts(limits), limits));
		this.judge = new TomlMapper(TomlFactory.builder()
			.streamReadConstraints(StreamReadConstraints.builder()
				.maxNestingDepth(limits.depth())
				.maxNumberLength(limits.numberLength())
				.maxStringLength(limits.size())
				.build())
			.build());
	}

	@Override
	public Set<String> extensions() {
		return Set.of("toml");
	}

	@Override
	Grammar.Parsed parse(byte[] content) throws MalformedContentException {
		Grammar.Parsed parsed = super.parse(content);
		try {
			this.judge.readTree(parsed.text());
			return parsed;
		}
		catch (JacksonException ex) {
			throw JacksonErrors.malformed(ex);
		}
	}

}
