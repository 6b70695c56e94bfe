package io.atomicwrite.spring.autoconfigure;

import io.atomicwrite.spring.config.ConfigImports;
import io.atomicwrite.spring.config.ImportedFiles;
import io.atomicwrite.spring.config.SettledRefreshes;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.cloud.context.refresh.ContextRefresher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/**
 * Configures what runs Spring Cloud's refresh after an imported file has changed.
 */
@Configuration(proxyBeanMethods = false)
@Lazy
@ConditionalOnClass(ContextRefresher.class)
class CloudRefreshConfiguration {

	@Bean
	ConfigImports.CloudRefresh atomicwriteCloudRefresh(ObjectProvider<ContextRefresher> refreshers) {
		return () -> refreshers.ifUnique(ContextRefresher::refresh);
	}

	@Bean
	static SettledRefreshes atomicwriteSettledRefreshes(ObjectProvider<ImportedFiles> files) {
		return new SettledRefreshes(() -> files.getIfAvailable(ImportedFiles::new));
	}

}
