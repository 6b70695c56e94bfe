package io.atomicwrite.spring.autoconfigure;

import java.time.Duration;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * Checks the properties for how long to wait for managed directories.
 */
final class PropertiesTimeouts {

	private final AtomicWriteProperties properties;

	PropertiesTimeouts(AtomicWriteProperties properties) {
		this.properties = properties;
	}

	Duration look() {
		return positive("look-timeout", this.properties.lookTimeout());
	}

	Duration startup() {
		return positive("startup-timeout", this.properties.startupTimeout());
	}

	private static Duration positive(String name, Duration timeout) {
		if (timeout.isNegative() || timeout.isZero()) {
			throw new InvalidConfigurationPropertyValueException("atomicwrite." + name, timeout,
					"The timeout must be positive. Use a duration such as 2s.");
		}
		return timeout;
	}

}
