/**
 * An application of which a slice is tested. What it has beside its files does not start.
 */
@NullMarked
package io.atomicwrite.spring.kit.slice;

import org.jspecify.annotations.NullMarked;
