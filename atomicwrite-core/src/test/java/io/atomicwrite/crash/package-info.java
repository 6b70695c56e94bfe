/**
 * What a crash may leave, computed, killed for and raced.
 */
@NullMarked
package io.atomicwrite.crash;

import org.jspecify.annotations.NullMarked;
