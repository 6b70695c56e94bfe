package io.atomicwrite.test;

import io.atomicwrite.checksum.Checksum;
import org.jspecify.annotations.Nullable;

/**
 * The text of a sidecar, written down a second time: what the engine formats must be what
 * {@code sha256sum} reads.
 */
public final class SidecarText {

	private SidecarText() {
	}

	/**
	 * Returns the text.
	 * @param name the name of the file, without a backslash or a line feed
	 * @param current the checksum of its content
	 * @param previous the checksum of its previous content, or {@code null}
	 * @return the text
	 */
	public static String of(String name, Checksum current, @Nullable Checksum previous) {
		String line = current.hex() + "  " + name + "\n";
		return (previous != null) ? line + "# previous " + previous.hex() + "\n" : line;
	}

}
