/**
 * What every implementation of a seam must do, as tests to extend. They need JUnit
 * Jupiter, AssertJ and Awaitility on the class path.
 */
@NullMarked
package io.atomicwrite.test.contract;

import org.jspecify.annotations.NullMarked;
