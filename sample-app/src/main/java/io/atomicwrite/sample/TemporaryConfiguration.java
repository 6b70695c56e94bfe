package io.atomicwrite.sample;

import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.LockPolicy;
import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.lock.LockRegistry;

import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class TemporaryConfiguration {

	@Bean
	@ConditionalOnMissingBean
	LockRegistry atomicwriteLockRegistry() {
		return LockRegistry.file();
	}

	@Bean
	@ConditionalOnMissingBean
	AtomicFileTemplate atomicFileTemplate(LockRegistry locks) {
		return AtomicFileTemplate.builder()
			.locks(locks)
			.defaults(WriteOptions.builder().lock(LockPolicy.waitUpTo(java.time.Duration.ofSeconds(5))).build())
			.build();
	}

}
