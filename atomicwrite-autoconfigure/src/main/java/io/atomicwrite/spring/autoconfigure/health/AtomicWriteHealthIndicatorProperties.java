package io.atomicwrite.spring.autoconfigure.health;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Configuration properties for {@code AtomicWriteHealthIndicator}.
 *
 * @param cache Cache properties.
 */
@ConfigurationProperties("management.health.atomicwrite")
public record AtomicWriteHealthIndicatorProperties(@DefaultValue Cache cache) {

	/**
	 * Cache properties.
	 *
	 * @param timeToLive Time for which the health of managed directories is cached.
	 */
	public record Cache(@DefaultValue("10s") Duration timeToLive) {
	}

}
