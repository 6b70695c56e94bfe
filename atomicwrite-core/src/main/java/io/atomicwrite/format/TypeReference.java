package io.atomicwrite.format;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;

/**
 * Carries a generic type: {@code new TypeReference<List<String>>() {}}. Immutable and
 * thread-safe.
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

	private TypeReference(Type type) {
		this.type = type;
	}

	/**
	 * Returns a reference to a type that is not generic.
	 * @param type the type
	 * @param <T> the type
	 * @return the reference
	 */
	public static <T> TypeReference<T> of(Class<T> type) {
		return new TypeReference<>(type) {
		};
	}

	/**
	 * Returns the type.
	 * @return the type
	 */
	public final Type type() {
		return this.type;
	}

	@Override
	public final boolean equals(Object other) {
		return other instanceof TypeReference<?> reference && reference.type.equals(this.type);
	}

	@Override
	public final int hashCode() {
		return this.type.hashCode();
	}

	@Override
	public final String toString() {
		return this.type.getTypeName();
	}

}
