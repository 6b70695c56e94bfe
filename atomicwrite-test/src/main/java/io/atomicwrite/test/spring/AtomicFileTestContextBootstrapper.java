package io.atomicwrite.test.spring;

import org.springframework.boot.test.autoconfigure.TestSliceTestContextBootstrapper;

/**
 * Loads the context of an {@link AtomicFileTest}.
 */
class AtomicFileTestContextBootstrapper extends TestSliceTestContextBootstrapper<AtomicFileTest> {

}
