package io.atomicwrite.spring.autoconfigure;

import io.atomicwrite.spring.config.ConfigImportProperties;
import io.atomicwrite.spring.config.ConfigImports;
import io.atomicwrite.spring.config.ImportWatch;
import io.atomicwrite.spring.config.ImportedFiles;
import io.atomicwrite.spring.config.PropertyBindings;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/**
 * Configures the refresh of configuration files that are imported with
 * {@code atomicfile:}. The import itself happens before there is a bean.
 */
@Configuration(proxyBeanMethods = false)
@Lazy
@EnableConfigurationProperties(ConfigImportProperties.class)
class ConfigImportConfiguration {

	@Bean
	ConfigImports atomicwriteConfigImports(ConfigurableApplicationContext context,
			ObjectProvider<ImportedFiles> files) {
		return new ConfigImports(context, files.getIfAvailable(ImportedFiles::new));
	}

	@Bean
	PropertyBindings atomicwritePropertyBindings(ConfigImports imports) {
		return imports.bindings();
	}

	// a side effect that nobody asks for, so it must not be lazy
	@Bean
	@Lazy(false)
	ImportWatch atomicwriteImportWatch(ObjectProvider<ImportedFiles> files, ObjectProvider<ConfigImports> imports,
			ObjectProvider<AtomicWriteInfrastructure> infrastructure, ObjectProvider<PropertyBindings> bindings,
			ObjectProvider<ConfigImports.CloudRefresh> cloud) {
		if (files.getIfAvailable() == null) {
			return new ImportWatch();
		}
		AtomicWriteInfrastructure used = infrastructure.getObject();
		return imports.getObject().watch(used.files(), used.clock(), bindings.getObject(), cloud.getIfAvailable());
	}

}
