/**
 * Random sequences of operations against a model, and whatever is parsed against what it
 * was not made for.
 */
@NullMarked
package io.atomicwrite.property;

import org.jspecify.annotations.NullMarked;
