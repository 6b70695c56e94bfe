/**
 * Test doubles, contracts and helpers for the tests of every module.
 */
@NullMarked
package io.atomicwrite.test;

import org.jspecify.annotations.NullMarked;
