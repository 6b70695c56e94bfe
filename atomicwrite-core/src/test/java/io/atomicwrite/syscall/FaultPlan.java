package io.atomicwrite.syscall;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumMap;
import java.util.Map;

/**
 * The memory that the failing system calls share with whoever says which of them fails:
 * {@code struct plan} of {@code faults.c}.
 */
final class FaultPlan {

	static final int SIZE = 4096;

	private static final int ARMED = 0;

	private static final int NTH = 4;

	private static final int VARIANT = 8;

	private static final int MODE = 12;

	private static final int SEEN = 16;

	private static final int FIRED = 20;

	private static final int OP = 24;

	private static final int ERROR = 28;

	private static final int EXHAUSTED = 32;

	private static final int FIRED_BY_OP = 36;

	private final MappedByteBuffer memory;

	FaultPlan(Path file) throws IOException {
		try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
			this.memory = channel.map(MapMode.READ_WRITE, 0, SIZE);
			this.memory.order(ByteOrder.nativeOrder());
		}
	}

	/** Lets the n-th call from now on fail, with one of the errors that it can give. */
	void arm(int nth, int variant, Mode mode) {
		for (int field : new int[] { SEEN, FIRED, EXHAUSTED, ERROR }) {
			this.memory.putInt(field, 0);
		}
		this.memory.putInt(NTH, nth);
		this.memory.putInt(VARIANT, variant);
		this.memory.putInt(MODE, mode.ordinal());
		this.memory.putInt(ARMED, 1);
	}

	void disarm() {
		this.memory.putInt(ARMED, 0);
	}

	/** How many calls there were. */
	int seen() {
		return this.memory.getInt(SEEN);
	}

	boolean fired() {
		return this.memory.getInt(FIRED) > 0;
	}

	/** Whether the call had no such error. */
	boolean exhausted() {
		return this.memory.getInt(EXHAUSTED) != 0;
	}

	Op op() {
		return Op.values()[this.memory.getInt(OP)];
	}

	int error() {
		return this.memory.getInt(ERROR);
	}

	Map<Op, Integer> firedByOp() {
		Map<Op, Integer> counts = new EnumMap<>(Op.class);
		for (Op op : Op.values()) {
			counts.put(op, this.memory.getInt(FIRED_BY_OP + Integer.BYTES * op.ordinal()));
		}
		return counts;
	}

	/** As {@code enum op} of {@code faults.c}. */
	enum Op {

		OPEN, CREATE, READ, WRITE, SYNC, RENAME, LINK, UNLINK, MKDIR, LOCK, CLOSE, CHMOD, CHOWN, SETXATTR, GETXATTR,
		STAT, LIST, WRITE_OUT

	}

	/** As {@code enum mode} of {@code faults.c}. */
	enum Mode {

		/** The call fails, once, and does nothing. */
		BEFORE,

		/** The call fails, once, after it was done. */
		AFTERWARDS,

		/** The call and all after it fail. */
		FROM_NOW_ON

	}

}
