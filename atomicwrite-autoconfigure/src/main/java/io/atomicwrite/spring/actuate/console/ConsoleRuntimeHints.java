package io.atomicwrite.spring.actuate.console;

import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;

/**
 * {@link RuntimeHintsRegistrar} for the files of the page and the views, whose types no
 * operation of the endpoint declares.
 */
class ConsoleRuntimeHints implements RuntimeHintsRegistrar {

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		hints.resources().registerPattern("io/atomicwrite/spring/actuate/console/*");
		new BindingReflectionHintsRegistrar().registerReflectionHints(hints.reflection(), BackupsDescriptor.class,
				ChangesDescriptor.class, DoctorDescriptor.class);
	}

}
