/**
 * Metrics and observations of writes, locks and managed directories, based on Micrometer.
 */
@NullMarked
package io.atomicwrite.spring.metrics;

import org.jspecify.annotations.NullMarked;
