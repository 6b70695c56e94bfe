package io.atomicwrite.fs;

import java.nio.file.Path;
import java.util.List;

/**
 * One mounted filesystem.
 *
 * @param point where it is mounted
 * @param type its type as the operating system names it, such as {@code ext4}
 * @param source what is mounted, such as a device
 * @param options the options of the mount and of the filesystem, each once, as the
 * operating system shows them; defaults are not shown
 */
public record Mount(Path point, String type, String source, List<String> options) {

	/**
	 * Creates a mount.
	 * @param point where it is mounted
	 * @param type its type
	 * @param source what is mounted
	 * @param options its options
	 */
	public Mount {
		options = List.copyOf(options);
	}

	/**
	 * Returns whether the mount has an option.
	 * @param option the option with its value, as {@code data=writeback}
	 * @return whether it is there
	 */
	public boolean hasOption(String option) {
		return this.options.contains(option);
	}

}
