/**
 * Formats of Jackson 3, which is optional.
 */
@NullMarked
package io.atomicwrite.format.jackson;

import org.jspecify.annotations.NullMarked;
