package io.atomicwrite.spring.context;

import io.atomicwrite.spring.MountedAs;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Every directory is on a disk, whatever the temporary one lies on.
 */
@Configuration(proxyBeanMethods = false)
class Mounted {

	@Bean
	MountedAs mountedAs() {
		return new MountedAs("ext4");
	}

}
