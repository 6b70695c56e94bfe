/**
 * Vocabulary and exceptions of atomic writes.
 */
@NullMarked
package io.atomicwrite;

import org.jspecify.annotations.NullMarked;
