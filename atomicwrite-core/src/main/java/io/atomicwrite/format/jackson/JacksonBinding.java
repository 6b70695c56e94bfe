package io.atomicwrite.format.jackson;

import java.io.IOException;
import java.lang.reflect.Type;
import java.util.List;

import io.atomicwrite.format.FormatLimits;
import io.atomicwrite.format.MalformedContentException;
import io.atomicwrite.format.syntax.Grammar;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/**
 * Turns values into trees and back. What goes between is JSON, so a value has the same
 * tree in each format.
 */
final class JacksonBinding {

	private final JsonMapper mapper;

	/** Writes what is parsed again at once, which takes longer with an indent. */
	private final ObjectWriter compact;

	private final Grammar json;

	JacksonBinding(JsonMapper mapper, FormatLimits limits) {
		this.mapper = mapper;
		this.compact = mapper.writer().without(SerializationFeature.INDENT_OUTPUT);
		this.json = Grammar.json(limits, false);
	}

	/** The settings of files, whatever an application uses elsewhere. */
	static JsonMapper.Builder mapper(FormatLimits limits) {
		StreamReadConstraints constraints = StreamReadConstraints.builder()
			.maxNestingDepth(limits.depth())
			.maxNumberLength(limits.numberLength())
			.maxStringLength(limits.size())
			.build();
		return JsonMapper.builder(JsonFactory.builder().streamReadConstraints(constraints).build())
			.enable(SerializationFeature.INDENT_OUTPUT)
			.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
			.disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
			.disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES);
	}

	/** As above for formats of which a text may stand for something else. */
	static JsonMapper ofTexts(FormatLimits limits) {
		return mapper(limits).addHandler(new LooseScalars())
			.withCoercionConfig(LogicalType.Collection, JacksonBinding::emptyTextIsEmpty)
			.withCoercionConfig(LogicalType.Array, JacksonBinding::emptyTextIsEmpty)
			.withCoercionConfig(LogicalType.Map, JacksonBinding::emptyTextIsEmpty)
			.withCoercionConfig(LogicalType.POJO, JacksonBinding::emptyTextIsEmpty)
			.build();
	}

	private static void emptyTextIsEmpty(tools.jackson.databind.cfg.MutableCoercionConfig config) {
		config.setCoercion(CoercionInputShape.EmptyString, CoercionAction.AsEmpty);
	}

	byte[] write(Object value) throws IOException {
		try {
			return this.mapper.writeValueAsBytes(value);
		}
		catch (JacksonException ex) {
			throw new IOException(ex.getMessage(), ex);
		}
	}

	@Nullable Object toTree(Object value) throws IOException {
		try {
			return this.json.read(this.compact.writeValueAsBytes(value)).tree();
		}
		catch (JacksonException ex) {
			throw new IOException(ex.getMessage(), ex);
		}
	}

	/** Reads JSON whose errors have their own place. */
	@Nullable Object read(byte[] content, Type type) throws IOException {
		try {
			return reader(type).readValue(content);
		}
		catch (JacksonException ex) {
			throw JacksonErrors.malformed(ex);
		}
	}

	/** Ignores unknown keys, whatever the mapper says: who reads trees asks for them. */
	@Nullable Object fromTree(@Nullable Object tree, Type type) throws IOException {
		try {
			return reader(type).without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
				.readValue(this.json.print(tree));
		}
		catch (JacksonException ex) {
			throw new MalformedContentException(JacksonErrors.reason(ex), JacksonErrors.path(ex));
		}
	}

	List<List<Object>> unknownKeys(@Nullable Object tree, Type type) throws IOException {
		try {
			return new UnknownKeys(reader(type), this.json).of(tree);
		}
		catch (JacksonException ex) {
			throw new MalformedContentException(JacksonErrors.reason(ex), JacksonErrors.path(ex));
		}
	}

	/** Returns the value of a parsed text, whose errors have their place in that text. */
	@Nullable Object fromText(Grammar.Parsed parsed, Type type) throws IOException {
		byte[] content = this.json.print(parsed.tree());
		try {
			return reader(type).readValue(content);
		}
		catch (JacksonException ex) {
			throw parsed.malformed(JacksonErrors.path(ex), JacksonErrors.reason(ex));
		}
	}

	private ObjectReader reader(Type type) {
		return this.mapper.readerFor(this.mapper.constructType(type))
			.with(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
			.with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
	}

}
