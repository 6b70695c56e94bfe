/**
 * Managed directories: their names, their inspection against the requirements of writes,
 * and their preparation on startup.
 */
@NullMarked
package io.atomicwrite.spring.directory;

import org.jspecify.annotations.NullMarked;
