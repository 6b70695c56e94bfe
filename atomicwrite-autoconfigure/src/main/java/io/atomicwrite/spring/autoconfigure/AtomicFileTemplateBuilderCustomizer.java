package io.atomicwrite.spring.autoconfigure;

import io.atomicwrite.core.AtomicFileTemplateBuilder;

/**
 * Callback interface for beans that customize the builder of the auto-configured
 * {@link io.atomicwrite.core.AtomicFileTemplate}. Customizers are invoked in their
 * {@code @Order}, after the properties have been applied.
 */
@FunctionalInterface
public interface AtomicFileTemplateBuilderCustomizer {

	/**
	 * Customizes the builder.
	 * @param builder the builder
	 */
	void customize(AtomicFileTemplateBuilder builder);

}
