/**
 * File operations that record, fail or pretend, for the tests of every module.
 */
@NullMarked
package io.atomicwrite.test;

import org.jspecify.annotations.NullMarked;
