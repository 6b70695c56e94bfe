package io.atomicwrite.test.spring;

import java.util.Set;

import io.atomicwrite.format.Format;

import org.springframework.boot.test.context.filter.annotation.StandardAnnotationCustomizableTypeExcludeFilter;
import org.springframework.util.ClassUtils;

/**
 * Leaves out what an {@link AtomicFileTest} does not test.
 */
final class AtomicFileTypeExcludeFilter extends StandardAnnotationCustomizableTypeExcludeFilter<AtomicFileTest> {

	// of the starter, which the kit does not depend on
	private static final String CUSTOMIZER = "io.atomicwrite.spring.autoconfigure.AtomicFileTemplateBuilderCustomizer";

	AtomicFileTypeExcludeFilter(Class<?> testClass) {
		super(testClass);
	}

	@Override
	protected Set<Class<?>> getKnownIncludes() {
		ClassLoader loader = AtomicFileTypeExcludeFilter.class.getClassLoader();
		return ClassUtils.isPresent(CUSTOMIZER, loader)
				? Set.of(Format.class, ClassUtils.resolveClassName(CUSTOMIZER, loader)) : Set.of(Format.class);
	}

}
