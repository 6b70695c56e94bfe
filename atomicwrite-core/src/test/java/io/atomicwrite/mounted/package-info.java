/**
 * Tests of the guarantees on real, mounted filesystems.
 */
@NullMarked
package io.atomicwrite.mounted;

import org.jspecify.annotations.NullMarked;
