/**
 * Tests that explore the schedules of concurrent threads.
 */
@NullMarked
package io.atomicwrite.schedule;

import org.jspecify.annotations.NullMarked;
