package io.atomicwrite.test;

import java.lang.reflect.AnnotatedArrayType;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.AnnotatedWildcardType;
import java.lang.reflect.GenericDeclaration;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * The text of types in an API: as in source code, with {@code ?} after a type that may be
 * {@code null}. It does not depend on the version of the JDK.
 */
final class TypeText {

	private TypeText() {
	}

	static String of(AnnotatedType[] types, String separator) {
		return Arrays.stream(types).map(TypeText::of).collect(Collectors.joining(separator));
	}

	static String of(AnnotatedType type) {
		return plain(type) + (type.isAnnotationPresent(Nullable.class) ? "?" : "");
	}

	private static String plain(AnnotatedType type) {
		if (type instanceof AnnotatedArrayType array) {
			return of(array.getAnnotatedGenericComponentType()) + "[]";
		}
		if (type instanceof AnnotatedParameterizedType generic) {
			Type raw = ((ParameterizedType) generic.getType()).getRawType();
			return name(raw) + "<" + of(generic.getAnnotatedActualTypeArguments(), ", ") + ">";
		}
		if (type instanceof AnnotatedWildcardType wildcard) {
			if (wildcard.getAnnotatedLowerBounds().length > 0) {
				return "? super " + of(wildcard.getAnnotatedLowerBounds(), " & ");
			}
			return "?" + bounds(wildcard.getAnnotatedUpperBounds());
		}
		return name(type.getType());
	}

	/** The type parameters with their bounds. */
	static String parameters(GenericDeclaration declaration) {
		String parameters = Arrays.stream(declaration.getTypeParameters())
			.map((parameter) -> parameter.getName() + bounds(parameter.getAnnotatedBounds()))
			.collect(Collectors.joining(", "));
		return parameters.isEmpty() ? "" : "<" + parameters + ">";
	}

	private static String bounds(AnnotatedType[] bounds) {
		String text = of(bounds, " & ");
		return text.equals("Object") ? "" : " extends " + text;
	}

	private static String name(Type type) {
		String name = type.getTypeName();
		return name.startsWith("java.lang.") && name.indexOf('.', "java.lang.".length()) < 0
				? name.substring("java.lang.".length()) : name;
	}

}
