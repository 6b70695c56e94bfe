/**
 * Locks that exclude cooperating writers from each other.
 * {@link io.atomicwrite.lock.LockRegistry} acquires a
 * {@link io.atomicwrite.lock.LockLease} for a target and creates the built-in registries:
 * lock files with record locks, in-process locks, and none.
 *
 * <p>
 * <b>To add a registry</b>, for example over a database, implement
 * {@link io.atomicwrite.lock.LockRegistry}, have a test class extend {@code
 * LockRegistryContract} (in the test sources of this module), and pass the registry to
 * the template's builder; in a Spring application declare it as a bean. {@code
 * docs/concepts/locking.md} explains the protocol of the lock files.
 */
@NullMarked
package io.atomicwrite.lock;

import org.jspecify.annotations.NullMarked;
