/**
 * Turning values into the bytes of a file and back.
 */
@NullMarked
package io.atomicwrite.format;

import org.jspecify.annotations.NullMarked;
