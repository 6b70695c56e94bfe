/**
 * Tests of what a crash can leave behind: computed crash states, killed processes and
 * races.
 */
@NullMarked
package io.atomicwrite.crash;

import org.jspecify.annotations.NullMarked;
