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
 * @param keepsOrder whether its journal is known to keep changes in their order: no
 * change of a name survives a crash without the changes of names before it, nor without
 * the content that the disk had before it
 */
public record Filesystem(String type, FilesystemClass kind, Path mountPoint, List<String> options,
		@Nullable Filesystem beneath, boolean keepsOrder) {

	/**
	 * Returns whether no mount option can make filesystems of this type writable, as
	 * those of images and discs.
	 * @return whether it is read-only by design
	 */
	public boolean isReadOnlyByDesign() {
		return FilesystemMatrix.of(this.type).kind() == FilesystemClass.READ_ONLY;
	}

}
