/**
 * The files that the library creates beside a target: their names, and staging files.
 * {@link io.atomicwrite.artifact.ArtifactNames} is the only class that formats and parses
 * such names, and {@link io.atomicwrite.artifact.NameLimit} determines how long they may
 * be. {@link io.atomicwrite.artifact.StagingFile} is new content before it takes a name.
 *
 * <p>
 * A step that creates an artifact belongs to an operation, which it knows as a
 * {@link io.atomicwrite.artifact.ChangeScope}: there it registers how it is undone, and
 * reports which directories are to be synced. What a sidecar or a backup holds is decided
 * in {@code checksum} and {@code backup}.
 */
@NullMarked
package io.atomicwrite.artifact;

import org.jspecify.annotations.NullMarked;
