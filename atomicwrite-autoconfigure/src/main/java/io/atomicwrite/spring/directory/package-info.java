/**
 * Managed directories: their names, what they must promise, and what they do.
 */
@NullMarked
package io.atomicwrite.spring.directory;

import org.jspecify.annotations.NullMarked;
