package io.atomicwrite.test.spring;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.TestContextAnnotationUtils;
import org.springframework.util.ClassUtils;

/**
 * Finds {@link TemporaryDirectories} on test classes, also on those around a nested one.
 */
final class TemporaryDirectoriesCustomizerFactory implements ContextCustomizerFactory {

	private static final boolean BOOT = ClassUtils.isPresent(
			"org.springframework.boot.context.properties.source.ConfigurationPropertyName",
			TemporaryDirectoriesCustomizerFactory.class.getClassLoader());

	@Override
	public @Nullable ContextCustomizer createContextCustomizer(Class<?> testClass,
			List<ContextConfigurationAttributes> attributes) {
		// the kit may be on the class path of a project with Spring and without Boot
		if (!BOOT) {
			return null;
		}
		TemporaryDirectories found = TestContextAnnotationUtils.findMergedAnnotation(testClass,
				TemporaryDirectories.class);
		return (found != null) ? new TemporaryDirectoriesCustomizer(Arrays.stream(found.properties())
			.map(ConfigurationPropertyName::of)
			.collect(Collectors.toUnmodifiableSet())) : null;
	}

}
