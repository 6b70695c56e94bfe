/**
 * Arbitrary command lines.
 */
@NullMarked
package io.atomicwrite.cli.fuzz;

import org.jspecify.annotations.NullMarked;
