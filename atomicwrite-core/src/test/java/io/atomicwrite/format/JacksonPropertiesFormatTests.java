package io.atomicwrite.format;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

import io.atomicwrite.format.jackson.JacksonPropertiesFormat;
import io.atomicwrite.test.contract.FormatContract;
import org.jspecify.annotations.Nullable;

/**
 * Properties keeps the contract of formats.
 */
class JacksonPropertiesFormatTests extends FormatContract {

	JacksonPropertiesFormatTests() {
		super(new JacksonPropertiesFormat());
	}

	@Override
	protected List<byte[]> malformed() {
		return Stream.of("theme=\\u12x4", "a=1\na=2", "a.b=1\na[b]=2", "theme=\u00e9")
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
