package io.atomicwrite.spring.autoconfigure.metrics;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Properties of the observations of atomic writes.
 *
 * @param includeFile Whether traces have the path of the file. Meters never have it.
 */
@ConfigurationProperties("atomicwrite.observation")
record AtomicWriteObservationProperties(@DefaultValue("true") boolean includeFile) {
}
