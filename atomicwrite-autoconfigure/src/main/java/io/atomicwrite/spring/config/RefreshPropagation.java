package io.atomicwrite.spring.config;

/**
 * Replaces the properties of a file in the environment, and lets beans know that depend
 * on them.
 */
@FunctionalInterface
interface RefreshPropagation {

	/** Existing beans stay as they are. */
	RefreshPropagation NONE = (file, replacement) -> replacement.run();

	/**
	 * Replaces the properties.
	 * @param file the file, with the content that was accepted
	 * @param replacement replaces its properties in the environment; may be called again
	 */
	void propagate(ImportedFile file, Runnable replacement);

}
