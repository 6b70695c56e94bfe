/**
 * Temporary directories on a filesystem that survives a crash of the machine. Needs no
 * test framework.
 */
@NullMarked
package io.atomicwrite.test.directory;

import org.jspecify.annotations.NullMarked;
