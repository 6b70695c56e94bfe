package io.atomicwrite.hosts;

import java.time.Duration;

import io.atomicwrite.lock.LockStore;

import org.springframework.boot.SpringApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The sample application with a lock store, as one of several replicas. The engine is in
 * the system properties {@code hosts.engine}, {@code hosts.port} and
 * {@code hosts.timeout}.
 */
public final class Replica {

	private Replica() {
	}

	/**
	 * Starts the sample, whose classes are on the class path.
	 * @param args the arguments of the application
	 * @throws ClassNotFoundException if it is not on the class path
	 */
	public static void main(String[] args) throws ClassNotFoundException {
		SpringApplication.run(new Class<?>[] { Class.forName("io.atomicwrite.sample.SampleApplication"), Store.class },
				args);
	}

	@Configuration(proxyBeanMethods = false)
	static class Store {

		@Bean
		LockStore locks() {
			return Engine
				.open(System.getProperty("hosts.engine"), Integer.getInteger("hosts.port"),
						Duration.ofMillis(Integer.getInteger("hosts.timeout")))
				.store();
		}

	}

}
