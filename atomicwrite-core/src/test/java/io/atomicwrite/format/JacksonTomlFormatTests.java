package io.atomicwrite.format;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

import io.atomicwrite.format.jackson.JacksonTomlFormat;
import io.atomicwrite.test.contract.FormatContract;
import org.jspecify.annotations.Nullable;

/**
 * TOML keeps the contract of formats.
 */
class JacksonTomlFormatTests extends FormatContract {

	JacksonTomlFormatTests() {
		super(new JacksonTomlFormat());
	}

	@Override
	protected List<byte[]> malformed() {
		return Stream
			.of("a = ", "a = hello", "a = 1\na = 2", "[a]\n[a]", "a = [1", "a = \"x", "a", "= 1", "a = 1 b = 2",
					"a = {b = 1}\na.c = 2", "a = 01", "a = \"\\q\"", "a = \"\u00e9\"")
			.map((text) -> text.getBytes(StandardCharsets.ISO_8859_1))
			.toList();
	}

	@Override
	protected byte @Nullable [] nothing() {
		return null;
	}

	@Override
	protected boolean cutOffIsMalformed() {
		return false;
	}

}
