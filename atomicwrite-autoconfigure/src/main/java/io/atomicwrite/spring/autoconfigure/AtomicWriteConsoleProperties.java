package io.atomicwrite.spring.autoconfigure;

import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Configuration properties for the console.
 *
 * @param showValues When to show the values of changed fields of a document.
 */
@ConfigurationProperties("management.endpoint.atomicwriteconsole")
record AtomicWriteConsoleProperties(@DefaultValue("never") Show showValues) {
}
