/**
 * Import of configuration files with {@code spring.config.import=atomicfile:...}: read
 * once, verified, with the last good version where the file is corrupt, and reloaded when
 * it changes.
 */
@NullMarked
package io.atomicwrite.spring.config;

import org.jspecify.annotations.NullMarked;
