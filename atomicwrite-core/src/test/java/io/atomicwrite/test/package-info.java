/**
 * Test doubles of file operations that record, fail or simulate calls, and other support
 * for the tests of all modules.
 */
@NullMarked
package io.atomicwrite.test;

import org.jspecify.annotations.NullMarked;
