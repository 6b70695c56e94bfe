package io.atomicwrite.test;

import java.nio.file.Path;

/**
 * A file that a filesystem takes for its disk.
 *
 * @param file the file
 * @param type the type of the filesystem
 * @param journaled whether it repairs itself when it is mounted
 */
public record DiskImage(Path file, String type, boolean journaled) {
}
