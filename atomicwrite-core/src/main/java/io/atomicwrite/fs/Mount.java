package io.atomicwrite.fs;

import java.nio.file.Path;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * One mounted filesystem.
 *
 * @param point where it is mounted
 * @param type its type as the operating system names it, such as {@code ext4}
 * @param source what is mounted, such as a device
 * @param device the number of its device, such as {@code 8:1}; empty where there is none
 * @param options the options of the mount and of the filesystem, each once, as the
 * operating system shows them; defaults are not shown
 */
public record Mount(Path point, String type, String source, String device, List<String> options) {

	/**
	 * Creates a mount.
	 * @param point where it is mounted
	 * @param type its type
	 * @param source what is mounted
	 * @param device the number of its device
	 * @param options its options
	 */
	public Mount {
		options = List.copyOf(options);
	}

	/**
	 * Creates a mount whose device is not known.
	 * @param point where it is mounted
	 * @param type its type
	 * @param source what is mounted
	 * @param options its options
	 */
	public Mount(Path point, String type, String source, List<String> options) {
		this(point, type, source, "", options);
	}

	/**
	 * Returns whether the mount has an option.
	 * @param option the option with its value, as {@code data=writeback}
	 * @return whether it is there
	 */
	public boolean hasOption(String option) {
		return this.options.contains(option);
	}

	/**
	 * Returns the value of an option.
	 * @param name the name of the option, as {@code upperdir}
	 * @return what stands after the equals sign, or {@code null} if there is no such
	 * option
	 */
	public @Nullable String option(String name) {
		String start = name + "=";
		for (String option : this.options) {
			if (option.startsWith(start)) {
				return option.substring(start.length());
			}
		}
		return null;
	}

	@Override
	public int hashCode() {
		// the one that records are given costs a command a tenth of its start
		return 31 * this.point.hashCode() + this.device.hashCode();
	}

}
