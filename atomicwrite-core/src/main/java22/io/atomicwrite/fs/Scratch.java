package io.atomicwrite.fs;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Memory outside of the heap for the arguments and results of one call at a time. A few
 * are kept for the next calls; more come and go with the calls that need them.
 */
final class Scratch implements AutoCloseable {

	/** As much as is handed to the kernel at once, and the most of an attribute. */
	static final int DATA = 64 * 1024;

	/** Of Linux, with the NUL: a longer path is refused by each call. */
	private static final int PATH_MAX = 4096;

	private static final int STATE = 0;

	private static final int STRUCT = 64;

	private static final int STRUCT_SIZE = 256;

	private static final int NAME = STRUCT + STRUCT_SIZE;

	private static final int OTHER = NAME + PATH_MAX;

	private static final int SIZE = OTHER + PATH_MAX;

	/** A power of two. */
	private static final int KEPT = 64;

	private static final AtomicReferenceArray<Scratch> FREE = new AtomicReferenceArray<>(KEPT);

	private final Arena arena = Arena.ofAuto();

	private final MemorySegment memory = this.arena.allocate(SIZE, Long.BYTES);

	private final MemorySegment state = this.memory.asSlice(STATE, STRUCT);

	private final MemorySegment struct = this.memory.asSlice(STRUCT, STRUCT_SIZE);

	private MemorySegment data = MemorySegment.NULL;

	private NativeDescriptor descriptor = NativeDescriptor.WORKING_DIRECTORY;

	private int number;

	private Scratch() {
	}

	/**
	 * Returns memory that nobody else uses until it is closed, and holds a descriptor
	 * open for as long.
	 * @throws java.nio.channels.ClosedChannelException if it is closed
	 */
	static Scratch on(NativeDescriptor descriptor) throws IOException {
		int number = descriptor.acquire();
		try {
			Scratch scratch = take();
			scratch.descriptor = descriptor;
			scratch.number = number;
			return scratch;
		}
		catch (Throwable ex) {
			descriptor.release();
			throw ex;
		}
	}

	/** Returns memory for the close of a descriptor that nobody can use any more. */
	static Scratch take() {
		Scratch free = FREE.getAndSet(place(), null);
		return (free != null) ? free : new Scratch();
	}

	/** The number of the descriptor that is held open. */
	int at() {
		return this.number;
	}

	private static int place() {
		return (int) Thread.currentThread().threadId() & (KEPT - 1);
	}

	/** Where a call leaves its error number. */
	MemorySegment state() {
		return this.state;
	}

	int error() {
		return this.state.get(ValueLayout.JAVA_INT, 0);
	}

	/** The structure that goes into a call or comes out of it. */
	MemorySegment struct() {
		return this.struct;
	}

	/** A large buffer. */
	MemorySegment data() {
		if (this.data.equals(MemorySegment.NULL)) {
			this.data = this.arena.allocate(DATA, Long.BYTES);
		}
		return this.data;
	}

	/** Puts a text there, for the address of a name. */
	long name(String text) {
		return put(NAME, text);
	}

	/** Puts a second text there, beside the first. */
	long other(String text) {
		return put(OTHER, text);
	}

	private long put(int offset, String text) {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		// what is cut is too long for the kernel still
		int length = Math.min(bytes.length, PATH_MAX - 1);
		MemorySegment.copy(bytes, 0, this.memory, ValueLayout.JAVA_BYTE, offset, length);
		if (bytes.length >= PATH_MAX) {
			this.memory.asSlice(offset, length).fill((byte) 'n');
		}
		this.memory.set(ValueLayout.JAVA_BYTE, (long) offset + length, (byte) 0);
		return this.memory.address() + offset;
	}

	@Override
	public void close() {
		NativeDescriptor used = this.descriptor;
		this.descriptor = NativeDescriptor.WORKING_DIRECTORY;
		FREE.set(place(), this);
		used.release();
	}

}
