package io.atomicwrite.spring.directory;

import java.nio.file.Path;
import java.util.Optional;

import io.atomicwrite.fs.FileOps.DiskSpace;

/**
 * Where the backups of a managed directory lie, if that is another directory. Immutable.
 *
 * @param path the directory of the backups, which need not exist yet
 * @param space the space there; empty if it can't be determined
 * @param problem why no backup can be made there, with the remedy; empty if one can
 */
public record BackupPlace(Path path, Optional<DiskSpace> space, Optional<String> problem) {
}
