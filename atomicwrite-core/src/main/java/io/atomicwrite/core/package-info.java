/**
 * The API and the write protocol. Applications use
 * {@link io.atomicwrite.core.AtomicFileOperations} and its implementation
 * {@link io.atomicwrite.core.AtomicFileTemplate};
 * {@link io.atomicwrite.core.WriteOptions} configures a write. Everything else of the API
 * is a value that one of these takes or returns.
 *
 * <p>
 * {@code WriteProtocol} is the one protocol of everything that changes a target: it lists
 * the phases of writes, moves and deletes in their order. Start there to follow an
 * operation down to the system calls. Each step is a package-private class with one task,
 * such as {@code TargetResolver}, {@code CapabilityGate} or {@code Committer}; what an
 * operation does to its target is a {@code Change}. What stands beside the target has its
 * own packages: staging files in {@code artifact}, sidecars in {@code checksum}, backups
 * in {@code backup}.
 *
 * <p>
 * <b>To add an operation on several files</b>, compose the same steps in this package, as
 * {@code BatchRound} does for a batch: {@code Entrance} has the phases up to the lease,
 * {@code Completion} those after the change, each by itself; {@code DirectorySyncs} is
 * how several share the sync of a directory, and {@code Undo} reverts the steps of a
 * failed operation. The method that starts the operation belongs in
 * {@link io.atomicwrite.core.AtomicFileOperations}.
 */
@NullMarked
package io.atomicwrite.core;

import org.jspecify.annotations.NullMarked;
