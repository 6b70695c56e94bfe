/**
 * The one seam between the engine and the operating system. No other package touches a
 * file.
 */
@NullMarked
package io.atomicwrite.fs;

import org.jspecify.annotations.NullMarked;
