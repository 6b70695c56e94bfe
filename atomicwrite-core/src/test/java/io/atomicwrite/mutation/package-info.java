/**
 * Mutations of the calls that reach the filesystem, each of which a check must find.
 */
@NullMarked
package io.atomicwrite.mutation;

import org.jspecify.annotations.NullMarked;
