package io.atomicwrite.guarantee;

import java.nio.file.Path;
import java.util.List;

/**
 * A filesystem as it was found.
 *
 * @param type its type as the operating system names it, such as {@code ext4}
 * @param kind the class to which it belongs
 * @param mountPoint where it is mounted
 * @param options its mount options
 */
public record Filesystem(String type, FilesystemClass kind, Path mountPoint, List<String> options) {
}
