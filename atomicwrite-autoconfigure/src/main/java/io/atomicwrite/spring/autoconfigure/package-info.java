/**
 * Auto-configuration of templates and locks.
 */
@NullMarked
package io.atomicwrite.spring.autoconfigure;

import org.jspecify.annotations.NullMarked;
