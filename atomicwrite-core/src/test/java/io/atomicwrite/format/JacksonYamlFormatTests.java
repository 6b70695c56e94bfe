package io.atomicwrite.format;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

import io.atomicwrite.format.jackson.JacksonYamlFormat;
import io.atomicwrite.test.contract.FormatContract;

/**
 * YAML keeps the contract of formats.
 */
class JacksonYamlFormatTests extends FormatContract {

	JacksonYamlFormatTests() {
		super(new JacksonYamlFormat());
	}

	@Override
	protected List<byte[]> malformed() {
		return Stream
			.of("a: [", "a: b: c", "\ta: 1", "a: 'x", "- a\nb: 1", "a: *none", "a: &a [*a]", "a: 1\na: 2",
					"a: 1\n---\nb: 2", "[a, b]: c", "a: \"\\q\"", "a: \u00e9")
			.map((text) -> text.getBytes(StandardCharsets.ISO_8859_1))
			.toList();
	}

	@Override
	protected byte[] nothing() {
		return "# nothing\n".getBytes(StandardCharsets.UTF_8);
	}

	@Override
	protected boolean cutOffIsMalformed() {
		return false;
	}

}
