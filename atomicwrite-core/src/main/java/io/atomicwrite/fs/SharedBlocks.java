package io.atomicwrite.fs;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Copies that share the blocks of their source. From Java 20 on the JDK copies from one
 * channel of a file to another by {@code copy_file_range(2)}, which does that on
 * filesystems that can; the kernel copies the bytes where it can't.
 *
 * @see <a href="https://bugs.openjdk.org/browse/JDK-8292562">JDK-8292562</a>
 */
final class SharedBlocks {

	private static final boolean KNOWN_TO_THE_JDK = Runtime.version().feature() >= 20;

	private static final Set<String> FILESYSTEMS = Set.of("btrfs", "xfs");

	/** Below, the calls take longer than the bytes, and btrfs has no blocks to share. */
	private static final long LEAST = 64 * 1024;

	private SharedBlocks() {
	}

	/**
	 * Gives an empty file the content of another.
	 * @return whether it was done; if not, nothing was written
	 */
	static boolean copy(FileOps files, Path source, Path file) throws IOException {
		if (!KNOWN_TO_THE_JDK) {
			return false;
		}
		Path content = files.canonical(source);
		if (!canShare(files, files.stat(content), file)) {
			return false;
		}
		// these two are not ended by an interrupt, as channels are
		try (InputStream in = Files.newInputStream(content, LinkOption.NOFOLLOW_LINKS);
				OutputStream out = Files.newOutputStream(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
			in.transferTo(out);
		}
		return true;
	}

	private static boolean canShare(FileOps files, @Nullable FileStat source, Path file) throws IOException {
		if (source == null || !source.isRegular() || source.size() < LEAST) {
			return false;
		}
		FileStat empty = files.stat(file);
		return empty != null && empty.device() == source.device()
				&& FILESYSTEMS.contains(files.mount(Objects.requireNonNull(file.getParent())).type());
	}

}
