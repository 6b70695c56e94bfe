package io.atomicwrite.format;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;

/**
 * Carries a generic type: {@code new TypeReference<List<String>>() {}}.
 *
 * @param <T> the type
 */
public abstract class TypeReference<T> {

	private final Type type;

	/**
	 * Captures the type argument of the subclass.
	 */
	protected TypeReference() {
		if (!(getClass().getGenericSuperclass() instanceof ParameterizedType parameterized)) {
			throw new IllegalStateException("a TypeReference needs a type argument");
		}
		this.type = parameterized.getActualTypeArguments()[0];
	}

	/**
	 * Returns the type.
	 * @return the type
	 */
	public final Type type() {
		return this.type;
	}

}
