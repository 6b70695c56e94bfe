package io.atomicwrite.test.spring;

import java.util.Set;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.beans.factory.support.DefaultSingletonBeanRegistry;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;

/**
 * Gives a context a place of its own. Part of the key of the context cache: equal ones
 * share a context. Immutable.
 *
 * @param properties the names of further properties that are paths
 */
record TemporaryDirectoriesCustomizer(Set<ConfigurationPropertyName> properties) implements ContextCustomizer {

	private static final String BEAN = "atomicwriteTemporaryPlace";

	@Override
	public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration configuration) {
		context.addBeanFactoryPostProcessor(new Placing(context.getEnvironment(), this.properties));
	}

	/**
	 * Creates the place when all property sources of the test are there, and before any
	 * bean is.
	 */
	private record Placing(ConfigurableEnvironment environment,
			Set<ConfigurationPropertyName> properties) implements BeanDefinitionRegistryPostProcessor {

		@Override
		public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
			ConfiguredPaths configured = new ConfiguredPaths(this.environment, this.properties);
			TemporaryPlace place = TemporaryPlace.create(configured.base(), configured.stepsToBackups());
			// the bean factory of every context that the test framework loads
			DefaultSingletonBeanRegistry beans = (DefaultSingletonBeanRegistry) registry;
			beans.registerSingleton(BEAN, place);
			// the first to be registered is the last to be destroyed
			beans.registerDisposableBean(BEAN, place::delete);
			this.environment.getPropertySources().addFirst(new PlacedPaths(configured, place));
		}

		@Override
		public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
			// all is done
		}

	}

}
