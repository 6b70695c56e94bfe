/**
 * Property-based tests: random sequences of operations compared with a model, and parsers
 * given arbitrary input.
 */
@NullMarked
package io.atomicwrite.property;

import org.jspecify.annotations.NullMarked;
