/**
 * The vocabulary of atomic writes, shared by all packages: guarantees and their levels,
 * safety policies, the phases and outcomes of a write, and the exceptions.
 *
 * <p>
 * Start reading in {@link io.atomicwrite.core}, which has the API and the write protocol.
 * The other packages each hold one subject: {@link io.atomicwrite.fs} the operating
 * system, {@link io.atomicwrite.guarantee} what a filesystem provides,
 * {@link io.atomicwrite.lock} locks, {@link io.atomicwrite.artifact} the names of the
 * files beside a target, {@link io.atomicwrite.checksum} and
 * {@link io.atomicwrite.backup} the companions of a target, {@link io.atomicwrite.format}
 * encoding of values, {@link io.atomicwrite.maintenance} cleaning up after crashes, and
 * {@link io.atomicwrite.doctor} diagnosis.
 */
@NullMarked
package io.atomicwrite;

import org.jspecify.annotations.NullMarked;
