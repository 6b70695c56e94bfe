package io.atomicwrite.format.jackson;

import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Set;

import io.atomicwrite.format.Format;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON by Jackson 3. Jackson's exceptions are unchecked, those of I/O too; each becomes
 * an {@link IOException}. Immutable and thread-safe, as the mapper is.
 */
public final class JacksonJsonFormat implements Format {

	private final JsonMapper mapper;

	/**
	 * Creates a format that indents, as suits files that people read, and refuses content
	 * after the value.
	 */
	public JacksonJsonFormat() {
		this(JsonMapper.builder()
			.enable(SerializationFeature.INDENT_OUTPUT)
			.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
			.build());
	}

	/**
	 * Creates a format.
	 * @param mapper the mapper that does it
	 */
	public JacksonJsonFormat(JsonMapper mapper) {
		this.mapper = mapper;
	}

	@Override
	public Set<String> extensions() {
		return Set.of("json");
	}

	@Override
	public byte[] encode(Object value) throws IOException {
		try {
			return this.mapper.writeValueAsBytes(value);
		}
		catch (JacksonException ex) {
			throw new IOException(ex.getMessage(), ex);
		}
	}

	@Override
	public @Nullable Object decode(byte[] content, Type type) throws IOException {
		try {
			return this.mapper.readValue(content, this.mapper.constructType(type));
		}
		catch (JacksonException ex) {
			throw new IOException(ex.getMessage(), ex);
		}
	}

}
