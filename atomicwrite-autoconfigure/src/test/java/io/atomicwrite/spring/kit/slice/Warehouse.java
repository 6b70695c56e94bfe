package io.atomicwrite.spring.kit.slice;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Service;

/**
 * What no test of files is about, and what is not there when they run.
 */
@Service
class Warehouse {

	Warehouse() {
		throw new IllegalStateException("no warehouse");
	}

	@Configuration(proxyBeanMethods = false)
	static class Connections {

		@Bean
		Runnable connection() {
			throw new IllegalStateException("no connection");
		}

	}

}
