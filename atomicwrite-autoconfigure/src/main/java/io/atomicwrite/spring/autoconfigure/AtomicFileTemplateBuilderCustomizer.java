package io.atomicwrite.spring.autoconfigure;

import io.atomicwrite.core.AtomicFileTemplateBuilder;

/**
 * Changes the builder of the auto-configured
 * {@link io.atomicwrite.core.AtomicFileTemplate} after the properties were applied. Beans
 * of this type are called in their order.
 */
@FunctionalInterface
public interface AtomicFileTemplateBuilderCustomizer {

	/**
	 * Customizes the builder.
	 * @param builder the builder
	 */
	void customize(AtomicFileTemplateBuilder builder);

}
