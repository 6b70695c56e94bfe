package io.atomicwrite.format.jackson;

import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Set;

import io.atomicwrite.format.FormatLimits;
import io.atomicwrite.format.MalformedContentException;
import io.atomicwrite.format.syntax.Grammar;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON by Jackson 3, which edits keep as it is written. A key that is there twice and
 * anything after the value are refused. Immutable and thread-safe, as the mapper is.
 */
public final class JacksonJsonFormat extends JacksonTextFormat {

	private final FormatLimits limits;

	/**
	 * Creates a format that indents, as suits files that people read, and reads fractions
	 * exactly.
	 */
	public JacksonJsonFormat() {
		this(FormatLimits.defaults());
	}

	/**
	 * Creates a format with limits.
	 * @param limits how much it takes in
	 */
	public JacksonJsonFormat(FormatLimits limits) {
		this(JacksonBinding.mapper(limits).build(), limits);
	}

	/**
	 * Creates a format that binds as a mapper does. What the mapper's own limits refuse
	 * is refused, too. Edits keep comments if the mapper reads them.
	 * @param mapper the mapper that reads and writes
	 */
	public JacksonJsonFormat(JsonMapper mapper) {
		this(mapper, FormatLimits.defaults());
	}

	private JacksonJsonFormat(JsonMapper mapper, FormatLimits limits) {
		super(Grammar.json(limits, mapper.isEnabled(JsonReadFeature.ALLOW_JAVA_COMMENTS)),
				new JacksonBinding(mapper, limits));
		this.limits = limits;
	}

	/**
	 * Returns a format that also reads comments, as in JavaScript, and a comma after the
	 * last value.
	 * @return the format, for the same extension
	 */
	public static JacksonJsonFormat withComments() {
		FormatLimits limits = FormatLimits.defaults();
		return new JacksonJsonFormat(JacksonBinding.mapper(limits)
			.enable(JsonReadFeature.ALLOW_JAVA_COMMENTS, JsonReadFeature.ALLOW_TRAILING_COMMA)
			.build(), limits);
	}

	@Override
	public Set<String> extensions() {
		return Set.of("json");
	}

	@Override
	public byte[] encode(Object value) throws IOException {
		return binding().write(value);
	}

	@Override
	public @Nullable Object decode(byte[] content, Type type) throws IOException {
		if (content.length > this.limits.size()) {
			throw new MalformedContentException(
					"the file has " + content.length + " bytes, over the limit of " + this.limits.size(), 0, 0);
		}
		return binding().read(content, type);
	}

}
