/**
 * JUnit Jupiter: tests that crash, tests whose calls fail, and temporary directories that
 * survive a crash. Needs {@code junit-jupiter-api} on the class path.
 */
@NullMarked
package io.atomicwrite.test.junit;

import org.jspecify.annotations.NullMarked;
