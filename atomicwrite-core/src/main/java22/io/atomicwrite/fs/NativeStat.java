package io.atomicwrite.fs;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Instant;

/**
 * {@code statx(2)}, whose structure is the same on every processor.
 */
final class NativeStat {

	private static final int TYPE = 0x1;

	private static final int SIZE = 0x200;

	private static final int BASIC = 0x7ff;

	private static final int BLOCKS = 0x400;

	private static final int BLOCK = 512;

	private static final int MODE_BITS = 07777;

	private NativeStat() {
	}

	/** Looks at the open file itself. */
	static long look(Scratch scratch) {
		return look(scratch, "", Kernel.AT_EMPTY_PATH, BASIC);
	}

	static long look(Scratch scratch, String name, int flags) {
		return look(scratch, name, flags, BASIC);
	}

	static long lookAtKind(Scratch scratch, String name, int flags) {
		return look(scratch, name, flags, TYPE);
	}

	static long lookAtSize(Scratch scratch, String name, int flags) {
		return look(scratch, name, flags, SIZE);
	}

	static long lookAtBlocks(Scratch scratch, String name, int flags) {
		return look(scratch, name, flags, BLOCKS);
	}

	private static long look(Scratch scratch, String name, int flags, int mask) {
		return Kernel.call(scratch, Kernel.STATX, scratch.at(), scratch.name(name), flags, mask,
				scratch.struct().address());
	}

	/** Returns what the last look has shown. */
	static FileStat stat(Scratch scratch) {
		MemorySegment seen = scratch.struct();
		int mode = mode(scratch);
		return new FileStat(FileStat.Kind.ofMode(mode), size(scratch), mode & MODE_BITS,
				seen.get(ValueLayout.JAVA_INT, 20), seen.get(ValueLayout.JAVA_INT, 24), device(seen),
				seen.get(ValueLayout.JAVA_LONG, 32), links(scratch), time(seen, 112), time(seen, 96));
	}

	static FileStat.Kind kind(Scratch scratch) {
		return FileStat.Kind.ofMode(mode(scratch));
	}

	static long size(Scratch scratch) {
		return scratch.struct().get(ValueLayout.JAVA_LONG, 40);
	}

	/** Returns the bytes that the file has on the disk. */
	static long allocated(Scratch scratch) {
		return scratch.struct().get(ValueLayout.JAVA_LONG, 48) * BLOCK;
	}

	static int links(Scratch scratch) {
		return scratch.struct().get(ValueLayout.JAVA_INT, 16);
	}

	private static int mode(Scratch scratch) {
		return Short.toUnsignedInt(scratch.struct().get(ValueLayout.JAVA_SHORT, 28));
	}

	/** As makedev(3) puts it together, and so the JDK. */
	private static long device(MemorySegment seen) {
		long major = seen.get(ValueLayout.JAVA_INT, 136);
		long minor = seen.get(ValueLayout.JAVA_INT, 140);
		return ((major & 0xfffff000L) << 32) | ((major & 0xfffL) << 8) | ((minor & 0xffffff00L) << 12)
				| (minor & 0xffL);
	}

	private static Instant time(MemorySegment seen, long offset) {
		return Instant.ofEpochSecond(seen.get(ValueLayout.JAVA_LONG, offset),
				seen.get(ValueLayout.JAVA_INT, offset + Long.BYTES));
	}

}
