/**
 * The API and the write protocol. Applications use
 * {@link io.atomicwrite.core.AtomicFileOperations} and its implementation
 * {@link io.atomicwrite.core.AtomicFileTemplate};
 * {@link io.atomicwrite.core.WriteOptions} configures a write. Everything else of the API
 * is a value that one of these takes or returns.
 *
 * <p>
 * {@code WriteProtocol} lists the phases of a write in their order; start there to follow
 * a write down to the system calls. Each phase is a package-private class that does one
 * thing, such as {@code TargetResolver}, {@code CapabilityGate}, {@code
 * StagingFile} or {@code Committer}.
 *
 * <p>
 * <b>To add an operation on several files</b>, such as a batch of writes, compose the
 * phases of {@code WriteProtocol} in this package: acquire the leases of all targets in
 * sorted order under one deadline, stage and sync every file, commit them, then sync each
 * affected directory once. The method that starts it belongs in {@code
 * AtomicFileOperations}.
 */
@NullMarked
package io.atomicwrite.core;

import org.jspecify.annotations.NullMarked;
