package io.atomicwrite.spring.kit.slice;

import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Set;

import io.atomicwrite.format.Format;

import org.springframework.stereotype.Component;

/**
 * Decides what files look like, so it is part of the slice.
 */
@Component
class TextFormat implements Format {

	@Override
	public Set<String> extensions() {
		return Set.of("price");
	}

	@Override
	public byte[] encode(Object value) {
		return value.toString().getBytes(StandardCharsets.UTF_8);
	}

	@Override
	public Object decode(byte[] content, Type type) {
		return new String(content, StandardCharsets.UTF_8);
	}

}
