/**
 * Assertions on files that were written atomically. Needs {@code assertj-core} on the
 * class path.
 */
@NullMarked
package io.atomicwrite.test.assertj;

import org.jspecify.annotations.NullMarked;
