/**
 * Auto-configuration of metrics.
 */
@NullMarked
package io.atomicwrite.spring.autoconfigure.metrics;

import org.jspecify.annotations.NullMarked;
