/**
 * Finds out by trying what a directory really does.
 */
@NullMarked
package io.atomicwrite.doctor;

import org.jspecify.annotations.NullMarked;
