/**
 * The files that are put beside a target: their names, and nothing else.
 */
@NullMarked
package io.atomicwrite.artifact;

import org.jspecify.annotations.NullMarked;
