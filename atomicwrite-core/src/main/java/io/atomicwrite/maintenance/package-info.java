/**
 * Cleaning up what interrupted writes leave behind.
 * {@link io.atomicwrite.maintenance.Housekeeper} sweeps orphans, leftover lock files and
 * surplus backups; {@link io.atomicwrite.maintenance.Recovery} finishes or discards
 * interrupted writes; {@link io.atomicwrite.maintenance.DirectoryCensus} counts artifacts
 * without changing anything. None of them disturbs a live writer. {@code
 * docs/concepts/housekeeping.md} explains how they decide.
 */
@NullMarked
package io.atomicwrite.maintenance;

import org.jspecify.annotations.NullMarked;
