/**
 * Locks that exclude cooperating writers from each other.
 *
 * <p>
 * A {@link io.atomicwrite.lock.LockRegistry} gives leases: of lock files
 * ({@link io.atomicwrite.lock.LockRegistry#file()}), among the threads of one registry,
 * or of nothing. A registry over something else, such as a database, implements
 * {@link io.atomicwrite.lock.ExternalLocks} and is made by
 * {@link io.atomicwrite.lock.LockRegistry#queueing LockRegistry.queueing}, which adds the
 * queue of threads, re-entrancy, deadlines and listeners. Have a test class extend
 * {@code ExternalLockContract} (in the test sources of this module), and pass the
 * registry to the template's builder; in a Spring application declare it as a bean.
 */
@NullMarked
package io.atomicwrite.lock;

import org.jspecify.annotations.NullMarked;
