/**
 * The power cuts: runs code on a filesystem in memory and tries every disk that a crash
 * may leave.
 */
@NullMarked
package io.atomicwrite.test.crash;

import org.jspecify.annotations.NullMarked;
