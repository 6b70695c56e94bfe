/**
 * Keeps an operation apart from what may fail or never return:
 * {@link io.atomicwrite.isolation.Listeners} invokes code of applications, and
 * {@link io.atomicwrite.isolation.DaemonCalls} makes calls on a filesystem that may hang.
 * {@link io.atomicwrite.isolation.SyncFlight} lets several calls wait for a disk at once.
 * Knows nothing of files, locks or writes.
 */
@NullMarked
package io.atomicwrite.isolation;

import org.jspecify.annotations.NullMarked;
