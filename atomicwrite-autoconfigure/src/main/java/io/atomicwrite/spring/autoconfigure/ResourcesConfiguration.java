package io.atomicwrite.spring.autoconfigure;

import io.atomicwrite.core.AtomicFileOperations;
import io.atomicwrite.spring.directory.ManagedDirectories;
import io.atomicwrite.spring.publication.AtomicPublications;
import io.atomicwrite.spring.resource.AtomicFileResources;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.io.Resource;
import org.springframework.core.io.ResourceLoader;

/**
 * Configures resources whose locations begin with {@code atomicfile:}, wherever Spring
 * takes one. It is known to the context before there is a bean that may want one.
 */
@Configuration(proxyBeanMethods = false)
@Lazy
class ResourcesConfiguration {

	@Bean
	AtomicFileResources atomicwriteFileResources(ManagedDirectories directories,
			ObjectProvider<AtomicFileOperations> operations, AtomicWriteInfrastructure infrastructure,
			ObjectProvider<AtomicPublications> publications) {
		return new AtomicFileResources(() -> directories, operations::getObject, infrastructure::files,
				publications::getObject);
	}

	@Bean
	static BeanFactoryPostProcessor atomicwriteResourceProtocol(ConfigurableApplicationContext context) {
		return (beans) -> context.addProtocolResolver((location, loader) -> resolve(beans, location, loader));
	}

	private static @Nullable Resource resolve(BeanFactory beans, String location, ResourceLoader loader) {
		return location.startsWith(AtomicFileResources.PREFIX)
				? beans.getBean(AtomicFileResources.class).resolve(location, loader) : null;
	}

}
