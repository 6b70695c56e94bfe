/**
 * The names of the files that the library creates beside a target: staging files, lock
 * files, sidecars, backups and probe files. {@link io.atomicwrite.artifact.ArtifactNames}
 * is the only class that formats and parses such names, and
 * {@link io.atomicwrite.artifact.NameLimit} determines how long they may be. This package
 * decides nothing about the files themselves.
 */
@NullMarked
package io.atomicwrite.artifact;

import org.jspecify.annotations.NullMarked;
