package io.atomicwrite.test;

import java.nio.file.Path;

/**
 * A loop device over a file or over another device.
 */
public final class LoopDevice implements AutoCloseable {

	private final String path;

	private LoopDevice(String path) {
		this.path = path;
	}

	/**
	 * Creates a file and a device over it.
	 * @param image the file
	 * @param size its size, such as {@code 64M}
	 * @return the device
	 */
	public static LoopDevice of(Path image, String size) {
		Shell.run("truncate", "-s", size, image.toString());
		return over(image.toString());
	}

	/**
	 * Creates a device over what exists.
	 * @param store a file or a device
	 * @return the device
	 */
	public static LoopDevice over(String store) {
		return new LoopDevice(Shell.run("losetup", "-f", "--show", store).strip());
	}

	/**
	 * Returns its path.
	 * @return the path in {@code /dev}
	 */
	public String path() {
		return this.path;
	}

	/**
	 * Returns its name.
	 * @return the name, such as {@code loop3}
	 */
	public String name() {
		return this.path.substring("/dev/".length());
	}

	@Override
	public void close() {
		Shell.run("losetup", "-d", this.path);
	}

}
