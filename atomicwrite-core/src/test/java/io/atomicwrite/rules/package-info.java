/**
 * Rules, each walked on every path that it holds for.
 */
@NullMarked
package io.atomicwrite.rules;

import org.jspecify.annotations.NullMarked;
