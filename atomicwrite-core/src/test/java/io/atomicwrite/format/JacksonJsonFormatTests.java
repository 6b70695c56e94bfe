package io.atomicwrite.format;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

import io.atomicwrite.format.jackson.JacksonJsonFormat;
import io.atomicwrite.test.contract.FormatContract;

/**
 * JSON by Jackson keeps the contract of formats.
 */
class JacksonJsonFormatTests extends FormatContract {

	JacksonJsonFormatTests() {
		super(new JacksonJsonFormat());
	}

	@Override
	protected List<byte[]> malformed() {
		return Stream.of("{", "{\"theme\":", "nul", "{} trailing", "", "\u0000", "<a/>")
			.map((text) -> text.getBytes(StandardCharsets.UTF_8))
			.toList();
	}

	@Override
	protected byte[] nothing() {
		return "null".getBytes(StandardCharsets.UTF_8);
	}

}
