package io.atomicwrite.guarantee;

import java.nio.file.Path;
import java.util.Optional;

import io.atomicwrite.fs.FileOps;

/**
 * What is known of the journal of an ext4 filesystem.
 *
 * @param options the effective options of the filesystem, where {@code /proc} shows them;
 * the mount table omits those that are defaults
 * @param own whether it is seen to be on the device of the filesystem
 * @param fast whether it is seen to take commits in the short form of the feature
 * {@code fast_commit}
 */
record Ext4Journal(Optional<String> options, boolean own, boolean fast) {

	private static final Path PROC = Path.of("/proc/fs/ext4");

	/** Looks at that of a device, named as in {@code /sys}. */
	static Ext4Journal of(FileOps files, String device) {
		Optional<String> options = BlockDevice.read(files, PROC.resolve(device).resolve("options"));
		return new Ext4Journal(options, isOwn(files, device), isFast(files, device, options.orElse("")));
	}

	/** The kernel's name of a journal has the number of an inode, if it is in one. */
	private static boolean isOwn(FileOps files, String device) {
		for (String journal : BlockDevice.names(files, Path.of("/proc/fs/jbd2"))) {
			if (journal.startsWith(device + "-")) {
				return true;
			}
		}
		return false;
	}

	/**
	 * The mount table does not show the feature. The options do if the kernel was built
	 * for debugging, and the statistics once there was such a commit. The superblock
	 * would, but a library does not open the devices of disks.
	 */
	private static boolean isFast(FileOps files, String device, String options) {
		return options.contains("\nfc_debug_force\n")
				|| counts(BlockDevice.read(files, PROC.resolve(device).resolve("fc_info")).orElse(""));
	}

	/** A line has a number and then what it counts. */
	private static boolean counts(String statistics) {
		for (String line : statistics.split("\n")) {
			if ((line.endsWith(" commits") || line.endsWith(" ineligible")) && !line.startsWith("0 ")) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Whether there is one: without, the option for the journaling mode is absent.
	 */
	boolean exists() {
		String shown = this.options.orElse("");
		return shown.startsWith("data=") || shown.contains("\ndata=");
	}

	/**
	 * Whether it is known that no change in it survives a crash without those before it,
	 * nor without the content that the disk had before it.
	 */
	boolean keepsOrder() {
		return exists() && !this.options.orElse("").contains("data=writeback") && this.own && !this.fast;
	}

}
