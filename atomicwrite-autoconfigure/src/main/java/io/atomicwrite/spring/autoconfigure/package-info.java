/**
 * {@link org.springframework.boot.autoconfigure.AutoConfiguration Auto-configuration} for
 * templates, locks, formats, managed directories and housekeeping, with their
 * configuration properties and failure analyzers. Every bean backs off if the application
 * declares one of the same type.
 */
@NullMarked
package io.atomicwrite.spring.autoconfigure;

import org.jspecify.annotations.NullMarked;
