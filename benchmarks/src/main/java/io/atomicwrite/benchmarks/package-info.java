/**
 * Benchmarks of durable writes, compared with the same system calls written by hand.
 */
@NullMarked
package io.atomicwrite.benchmarks;

import org.jspecify.annotations.NullMarked;
