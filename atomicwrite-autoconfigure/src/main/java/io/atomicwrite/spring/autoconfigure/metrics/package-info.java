/**
 * Auto-configuration for metrics and observations of atomic writes.
 */
@NullMarked
package io.atomicwrite.spring.autoconfigure.metrics;

import org.jspecify.annotations.NullMarked;
