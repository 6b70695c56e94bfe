/**
 * Locks that keep cooperating writers apart.
 *
 * <p>
 * A {@link io.atomicwrite.lock.LockRegistry} gives leases: of lock files
 * ({@link io.atomicwrite.lock.LockRegistry#file()}), among the threads of one registry,
 * or of nothing. A registry over something else, such as a database, implements
 * {@link io.atomicwrite.lock.ExternalLocks} and is made by
 * {@link io.atomicwrite.lock.LockRegistry#queueing LockRegistry.queueing}, which adds the
 * queue of threads, re-entrancy, deadlines and listeners.
 */
@NullMarked
package io.atomicwrite.lock;

import org.jspecify.annotations.NullMarked;
