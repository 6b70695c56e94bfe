/**
 * Exploration of schedules.
 */
@NullMarked
package io.atomicwrite.schedule;

import org.jspecify.annotations.NullMarked;
