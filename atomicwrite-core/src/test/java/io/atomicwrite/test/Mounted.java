package io.atomicwrite.test;

import java.nio.file.Path;

/**
 * A real mount for a test. Needs root: use {@link RequiresRoot}.
 */
public final class Mounted implements AutoCloseable {

	private final Path point;

	private Mounted(Path point) {
		this.point = point;
	}

	/**
	 * Mounts a tmpfs.
	 * @param point an existing directory
	 * @param options the mount options
	 * @return the mount
	 */
	public static Mounted tmpfs(Path point, String options) {
		Shell.run("mount", "-t", "tmpfs", "-o", options, "tmpfs", point.toString());
		return new Mounted(point);
	}

	/**
	 * Mounts a file or directory a second time.
	 * @param source what to mount
	 * @param point an existing file or directory
	 * @return the mount
	 */
	public static Mounted bind(Path source, Path point) {
		Shell.run("mount", "--bind", source.toString(), point.toString());
		return new Mounted(point);
	}

	/**
	 * Mounts an empty filesystem in a file.
	 * @param image the file to create
	 * @param point an existing directory
	 * @param mkfs the command that makes the filesystem, such as {@code mkfs.ext4}
	 * @return the mount
	 */
	public static Mounted image(Path image, Path point, String... mkfs) {
		Shell.run("truncate", "-s", "32M", image.toString());
		String[] command = java.util.Arrays.copyOf(mkfs, mkfs.length + 1);
		command[mkfs.length] = image.toString();
		Shell.run(command);
		Shell.run("mount", "-o", "loop", image.toString(), point.toString());
		return new Mounted(point);
	}

	/**
	 * Mounts by a command of the test's choice.
	 * @param point an existing directory, where the command mounts
	 * @param command the command and its arguments
	 * @return the mount
	 */
	public static Mounted by(Path point, String... command) {
		Shell.run(command);
		return new Mounted(point);
	}

	/**
	 * Changes the options of the mount.
	 * @param options the options, such as {@code ro}
	 */
	public void remount(String options) {
		Shell.run("mount", "-o", "remount," + options, this.point.toString());
	}

	/**
	 * Returns where it is mounted.
	 * @return the path
	 */
	public Path point() {
		return this.point;
	}

	@Override
	public void close() {
		Shell.run("umount", "-l", this.point.toString());
	}

}
