package io.atomicwrite.spring.autoconfigure.health;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Properties of the health of managed directories.
 *
 * @param cache How results are cached.
 */
@ConfigurationProperties("management.health.atomicwrite")
public record AtomicWriteHealthIndicatorProperties(@DefaultValue Cache cache) {

	/**
	 * Properties of the cache.
	 *
	 * @param timeToLive How long the state of managed directories is kept before it is
	 * looked at again.
	 */
	public record Cache(@DefaultValue("10s") Duration timeToLive) {
	}

}
