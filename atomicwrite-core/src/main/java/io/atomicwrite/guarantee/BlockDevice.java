package io.atomicwrite.guarantee;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.Mount;
import org.jspecify.annotations.Nullable;

/**
 * The device of a mount as Linux shows it in {@code /sys} and {@code /proc}. What can't
 * be read there is not known; nothing is guessed.
 */
final class BlockDevice {

	private static final int LIMIT = 8192;

	private final FileOps files;

	private final Path entry;

	private final String name;

	private BlockDevice(FileOps files, Path entry, String name) {
		this.files = files;
		this.entry = entry;
		this.name = name;
	}

	/**
	 * Whether a mount has a block device. The major number 0 is that of filesystems
	 * without one.
	 */
	static boolean isUnder(Mount mount) {
		return !mount.device().isEmpty() && !mount.device().startsWith("0:");
	}

	/** Returns the block device of a mount, if it has one that can be looked at. */
	static @Nullable BlockDevice of(FileOps files, Mount mount) {
		if (!isUnder(mount)) {
			return null;
		}
		try {
			Path entry = files.canonical(Path.of("/sys/dev/block", mount.device()));
			Path name = entry.getFileName();
			return (name != null) ? new BlockDevice(files, entry, name.toString()) : null;
		}
		catch (IOException ex) {
			return null;
		}
	}

	String name() {
		return this.name;
	}

	/** Whether what it holds is gone with the power. */
	boolean inMemory() {
		// a pattern takes time to compile, and hardly any device needs it
		return this.name.contains("ram") && this.name.matches("z?ram\\d+");
	}

	/** Returns the file that a loop device shows as a device. */
	@Nullable Path backingFile() {
		String file = this.name.startsWith("loop") ? read(this.entry.resolve("loop/backing_file")) : null;
		try {
			return (file != null && !file.isBlank()) ? Path.of(file.strip()) : null;
		}
		catch (InvalidPathException ex) {
			return null;
		}
	}

	/**
	 * Returns the options of its ext4 filesystem that are in force, which no mount table
	 * shows.
	 */
	@Nullable String ext4Options() {
		return read(Path.of("/proc/fs/ext4", this.name, "options"));
	}

	private @Nullable String read(Path file) {
		try (InputStream in = this.files.openRead(file)) {
			return new String(in.readNBytes(LIMIT), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			return null;
		}
	}

}
