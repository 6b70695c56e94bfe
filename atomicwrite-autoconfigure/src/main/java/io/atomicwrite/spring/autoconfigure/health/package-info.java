/**
 * Auto-configuration of health.
 */
@NullMarked
package io.atomicwrite.spring.autoconfigure.health;

import org.jspecify.annotations.NullMarked;
