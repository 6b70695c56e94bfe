package io.atomicwrite.backup;

import java.nio.file.Path;
import java.time.Instant;

import io.atomicwrite.artifact.BackupGeneration;

/**
 * One generation: a previous content of a target.
 *
 * @param path the backup
 * @param generation which of the target's backups it is
 * @param size its size in bytes
 * @param modified when the content was written
 */
public record Backup(Path path, BackupGeneration generation, long size, Instant modified) {
}
