/**
 * Auto-configuration for the health indicator of managed directories.
 */
@NullMarked
package io.atomicwrite.spring.autoconfigure.health;

import org.jspecify.annotations.NullMarked;
