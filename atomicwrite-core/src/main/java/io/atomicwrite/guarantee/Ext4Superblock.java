package io.atomicwrite.guarantee;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Optional;

import io.atomicwrite.fs.FileOps;

/**
 * The superblock of an ext4 filesystem, as far as it is needed.
 *
 * @param compatible the compatible features
 * @see <a href="https://docs.kernel.org/filesystems/ext4/globals.html#super-block">The
 * Super Block, in the documentation of the kernel</a>
 */
record Ext4Superblock(int compatible) {

	private static final int START = 1024;

	private static final int MAGIC_OFFSET = 0x38;

	private static final int MAGIC = 0xEF53;

	private static final int COMPATIBLE_OFFSET = 0x5C;

	private static final int FAST_COMMIT = 0x400;

	/** Reads it, if this user may read the device and ext4 is on it. */
	static Optional<Ext4Superblock> read(FileOps files, Path device) {
		try (InputStream in = files.openRead(device)) {
			ByteBuffer block = ByteBuffer.wrap(in.readNBytes(2 * START)).order(ByteOrder.LITTLE_ENDIAN);
			if (block.limit() < 2 * START || (block.getShort(START + MAGIC_OFFSET) & 0xFFFF) != MAGIC) {
				return Optional.empty();
			}
			return Optional.of(new Ext4Superblock(block.getInt(START + COMPATIBLE_OFFSET)));
		}
		catch (IOException ex) {
			return Optional.empty();
		}
	}

	boolean hasFastCommits() {
		return (this.compatible & FAST_COMMIT) != 0;
	}

}
