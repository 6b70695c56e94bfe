package io.atomicwrite.guarantee;

import java.nio.file.Path;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The filesystem of a directory. Immutable.
 *
 * @param type its type as the operating system names it, such as {@code ext4}
 * @param kind the class to which it belongs
 * @param mountPoint where it is mounted
 * @param options its mount options
 * @param beneath the filesystem that stores its content, such as that of the upper layer
 * of an overlay; {@code null} if there is none or it is not visible to this process
 */
public record Filesystem(String type, FilesystemClass kind, Path mountPoint, List<String> options,
		@Nullable Filesystem beneath) {
}
