package io.atomicwrite.spring.autoconfigure.health;

import java.time.Duration;

import io.atomicwrite.spring.health.HealthLimits;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Configuration properties for {@code AtomicWriteHealthContributor}.
 *
 * @param cache Cache properties.
 * @param freeSpace Free space below which a managed directory or its backup directory is
 * reported as DEGRADED.
 * @param freeInodes Number of files that can still be created below which a managed
 * directory or its backup directory is reported as DEGRADED.
 * @param lockAge Time after which a lock that is held or awaited makes its directory
 * DEGRADED.
 */
@ConfigurationProperties("management.health.atomicwrite")
public record AtomicWriteHealthIndicatorProperties(@DefaultValue Cache cache, @DefaultValue("10MB") DataSize freeSpace,
		@DefaultValue("100") long freeInodes, @DefaultValue("1m") Duration lockAge) {

	HealthLimits limits() {
		return new HealthLimits(this.cache.timeToLive(), this.freeSpace.toBytes(), this.freeInodes, this.lockAge);
	}

	/**
	 * Cache properties.
	 *
	 * @param timeToLive Time for which the health of managed directories is cached.
	 */
	public record Cache(@DefaultValue("10s") Duration timeToLive) {
	}

}
