package io.atomicwrite.fs;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A descriptor that is closed once nobody uses it any more: a call on a number that the
 * kernel has given to another file by now would be a call on that file.
 */
final class NativeDescriptor {

	/** Stands for no directory: a relative name starts where the process is. */
	static final NativeDescriptor WORKING_DIRECTORY = new NativeDescriptor(Kernel.AT_FDCWD, Path.of(""));

	private static final int CLOSED = Integer.MIN_VALUE;

	private final AtomicInteger users = new AtomicInteger();

	private final int number;

	private final Path path;

	private final Optional<NativeDescriptor> origin;

	NativeDescriptor(int number, Path path) {
		this(number, path, Optional.empty());
	}

	private NativeDescriptor(int number, Path path, Optional<NativeDescriptor> origin) {
		this.number = number;
		this.path = path;
		this.origin = origin;
	}

	/** Returns a second holder of the same number, which stays open for it. */
	NativeDescriptor share() throws IOException {
		return new NativeDescriptor(acquire(), this.path, Optional.of(this));
	}

	/** The path by which the file was opened, for messages. */
	Path path() {
		return this.path;
	}

	/** Returns the number for one use, which ends with {@link #release()}. */
	int acquire() throws IOException {
		while (this.number >= 0) {
			int now = this.users.get();
			if (now < 0) {
				throw new ClosedChannelException();
			}
			if (this.users.compareAndSet(now, now + 1)) {
				break;
			}
		}
		return this.number;
	}

	void release() {
		if (this.number >= 0 && this.users.decrementAndGet() == CLOSED) {
			closeNow();
		}
	}

	/** Takes no further use; closes at once, or at the end of the last use. */
	void close() throws IOException {
		while (true) {
			int now = this.users.get();
			if (now < 0) {
				return;
			}
			if (this.users.compareAndSet(now, now | CLOSED)) {
				if (now == 0) {
					check(closeNow());
				}
				return;
			}
		}
	}

	private void check(long result) throws IOException {
		if (result != -Errno.EINTR) {
			Errno.check(result, this.path);
		}
	}

	private long closeNow() {
		if (this.origin.isPresent()) {
			this.origin.get().release();
			return 0;
		}
		try (Scratch scratch = Scratch.take()) {
			return Kernel.call(scratch, Kernel.CLOSE, this.number, 0, 0);
		}
	}

}
