/**
 * Scheduled housekeeping and recovery of managed directories.
 */
@NullMarked
package io.atomicwrite.spring.housekeeping;

import org.jspecify.annotations.NullMarked;
