package io.atomicwrite.spring.autoconfigure.health;

import java.time.InstantSource;

import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.spring.autoconfigure.AtomicWriteAutoConfiguration;
import io.atomicwrite.spring.directory.DirectoryInspector;
import io.atomicwrite.spring.directory.ManagedDirectories;
import io.atomicwrite.spring.health.AtomicWriteHealthIndicator;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.context.annotation.Bean;

/**
 * {@link AutoConfiguration Auto-configuration} for {@link AtomicWriteHealthIndicator}.
 */
@AutoConfiguration(after = AtomicWriteAutoConfiguration.class)
@ConditionalOnClass({ AtomicFileTemplate.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnBean(DirectoryInspector.class)
@ConditionalOnEnabledHealthIndicator("atomicwrite")
@EnableConfigurationProperties(AtomicWriteHealthIndicatorProperties.class)
public final class AtomicWriteHealthContributorAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(name = { "atomicwriteHealthIndicator", "atomicwriteHealthContributor" })
	AtomicWriteHealthIndicator atomicwriteHealthIndicator(ManagedDirectories directories, DirectoryInspector inspector,
			AtomicWriteHealthIndicatorProperties properties, ObjectProvider<InstantSource> clock) {
		return new AtomicWriteHealthIndicator(directories, inspector, properties.cache().timeToLive(),
				clock.getIfUnique(InstantSource::system));
	}

}
