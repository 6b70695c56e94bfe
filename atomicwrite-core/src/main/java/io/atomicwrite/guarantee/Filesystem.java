package io.atomicwrite.guarantee;

import java.nio.file.Path;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A filesystem as it was found.
 *
 * @param type its type as the operating system names it, such as {@code ext4}
 * @param kind the class to which it belongs
 * @param mountPoint where it is mounted
 * @param options its mount options
 * @param beneath the filesystem on which it keeps its content, as the upper layer of an
 * overlay; {@code null} where there is none or it can't be seen from here
 */
public record Filesystem(String type, FilesystemClass kind, Path mountPoint, List<String> options,
		@Nullable Filesystem beneath) {
}
