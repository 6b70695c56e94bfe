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
 * The block device of a mount, as Linux exposes it in {@code /sys} and {@code /proc}.
 * Whatever can't be read there counts as unknown.
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
	 * Returns whether a mount has a block device. Linux gives filesystems without one the
	 * major number 0.
	 */
	static boolean isUnder(Mount mount) {
		return !mount.device().isEmpty() && !mount.device().startsWith("0:");
	}

	/**
	 * Returns the block device of a mount, or {@code null} if it has none or {@code /sys}
	 * does not show it.
	 */
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

	/**
	 * Returns whether the device keeps its content in memory and loses it with the power.
	 */
	boolean inMemory() {
		// most devices fail the cheap check, so the pattern is rarely compiled
		return this.name.contains("ram") && this.name.matches("z?ram\\d+");
	}

	/**
	 * Returns the file behind a loop device, or {@code null} if this is not a loop
	 * device.
	 */
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
	 * Returns the effective options of its ext4 filesystem. The mount table omits those
	 * that are defaults.
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
