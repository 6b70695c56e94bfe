package io.atomicwrite.spring.document;

import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The defaults of a type that is written as for {@code @ConfigurationProperties}: those
 * of {@link DefaultValue @DefaultValue}, or of the fields of a class with a constructor
 * without parameters. They are what Spring Boot binds without any property.
 */
final class DocumentDefaults {

	private DocumentDefaults() {
	}

	/** Returns what gives the defaults, or empty if the type has none. */
	static <T> Optional<Supplier<T>> of(Class<T> type) {
		if (!hasDefaults(type)) {
			return Optional.empty();
		}
		return Optional.of(() -> new Binder(List.of()).bindOrCreate("defaults", Bindable.of(type)));
	}

	private static boolean hasDefaults(Class<?> type) {
		if (type.getName().startsWith("java.") || type.isInterface() || Modifier.isAbstract(type.getModifiers())) {
			return false;
		}
		for (Constructor<?> constructor : type.getDeclaredConstructors()) {
			if (constructor.getParameterCount() == 0 && !type.isRecord()) {
				return true;
			}
			for (Parameter parameter : constructor.getParameters()) {
				if (parameter.isAnnotationPresent(DefaultValue.class)) {
					return true;
				}
			}
		}
		return false;
	}

}
