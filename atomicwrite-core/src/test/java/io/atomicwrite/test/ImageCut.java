package io.atomicwrite.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import org.awaitility.Awaitility;

/**
 * A disk as it would be found after a power cut: all that the filesystem has sent to it
 * up to an instant, and nothing of what it still keeps in memory.
 */
public final class ImageCut {

	private static final int ATTEMPTS = 100;

	private final DiskImage original;

	private final DiskImage copy;

	private ImageCut(DiskImage original, DiskImage copy) {
		this.original = original;
		this.copy = copy;
	}

	/**
	 * Cuts the power of a disk whose filesystem is mounted, and goes on with it as if
	 * nothing had happened.
	 * @param disk the disk
	 * @param file the file to create with what is on the disk
	 * @return the cut
	 */
	public static ImageCut of(DiskImage disk, Path file) {
		// a copy during which the disk was written is of no one instant
		for (int i = 0; i < ATTEMPTS; i++) {
			String before = writes(disk);
			Shell.run("cp", "--sparse=always", disk.file().toString(), file.toString());
			if (writes(disk).equals(before)) {
				return new ImageCut(disk, new DiskImage(file, disk.type(), disk.journaled()));
			}
		}
		throw new IllegalStateException("the disk never rests: " + disk.file());
	}

	/**
	 * Mounts the disk after the power cut. The original must be unmounted: some
	 * filesystems refuse a second disk with the same identity.
	 * @param point an existing directory
	 * @return the mount
	 */
	public Mounted open(Path point) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(10))
			.pollInterval(Duration.ofMillis(10))
			.until(() -> device(this.original).isEmpty());
		String file = this.copy.file().toString();
		if (!this.copy.journaled()) {
			// errors that are repaired are told by the exit code 1
			Shell.run("sh", "-c", "e2fsck -fy \"$0\" || [ $? -le 2 ]", file);
		}
		String options = this.copy.type().equals("xfs") ? "loop,nouuid" : "loop";
		return Mounted.by(point, "mount", "-t", this.copy.type(), "-o", options, file, point.toString());
	}

	private static String device(DiskImage disk) {
		return Shell.run("losetup", "-n", "-O", "NAME", "-j", disk.file().toString()).trim();
	}

	/** What was written and is being written: see stat in sysfs(5). */
	private static String writes(DiskImage disk) {
		try {
			String device = Path.of(device(disk)).getFileName().toString();
			String[] fields = Files.readString(Path.of("/sys/block", device, "stat")).trim().split("\\s+");
			return fields[4] + " " + fields[6] + (fields[8].equals("0") ? "" : " and more at " + System.nanoTime());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
