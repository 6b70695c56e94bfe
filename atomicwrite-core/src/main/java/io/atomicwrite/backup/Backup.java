package io.atomicwrite.backup;

import java.nio.file.Path;
import java.time.Instant;

import io.atomicwrite.artifact.BackupGeneration;

/**
 * A backup: a previous version of a target's content. Immutable.
 *
 * @param path the backup
 * @param generation its generation
 * @param size its size in bytes
 * @param modified when its content was written
 */
public record Backup(Path path, BackupGeneration generation, long size, Instant modified) {
}
