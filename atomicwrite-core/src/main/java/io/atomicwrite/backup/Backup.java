package io.atomicwrite.backup;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;

import org.jspecify.annotations.Nullable;

/**
 * One generation: a previous content of a target.
 *
 * @param path the backup
 * @param time when it was made, by its name; {@code null} if its name has no time
 * @param sequence its place among those of the same second, from 1
 * @param size its size in bytes
 * @param modified when the content was written
 */
public record Backup(Path path, @Nullable LocalDateTime time, int sequence, long size, Instant modified) {
}
