package io.atomicwrite.rig;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What has been attempted and acknowledged of each target, in memory that the rig shares
 * and that lies on no disk whose power is cut. A slot has 64 bytes: the last version that
 * was attempted, the last that was acknowledged, the one acknowledged before that, and
 * the last version that was reported as not committed.
 */
final class Ledger {

	private static final VarHandle LONGS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

	private static final int SLOT = 64;

	private static final int ATTEMPTED = 0;

	private static final int ACKNOWLEDGED = 8;

	private static final int BEFORE = 16;

	private static final int REFUSED = 24;

	private final MappedByteBuffer memory;

	private Ledger(MappedByteBuffer memory) {
		this.memory = memory;
	}

	static Ledger open(Path file) throws IOException {
		try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
			return new Ledger(channel.map(FileChannel.MapMode.READ_WRITE, 0, channel.size()));
		}
	}

	/** Returns the next version of a target, entered as attempted. */
	long attempt(int slot) {
		long version = get(slot, ATTEMPTED) + 1;
		set(slot, ATTEMPTED, version);
		return version;
	}

	void acknowledge(int slot, long version) {
		set(slot, BEFORE, get(slot, ACKNOWLEDGED));
		set(slot, ACKNOWLEDGED, version);
	}

	void refuse(int slot, long version) {
		set(slot, REFUSED, version);
	}

	private long get(int slot, int field) {
		return (long) LONGS.getVolatile(this.memory, slot * SLOT + field);
	}

	private void set(int slot, int field, long value) {
		LONGS.setVolatile(this.memory, slot * SLOT + field, value);
	}

}
