package io.atomicwrite.lock;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * The end of a wait, from now on. Immutable.
 */
final class Deadline {

	private final long start = System.nanoTime();

	private final long nanos;

	private Deadline(long nanos) {
		this.nanos = nanos;
	}

	static Deadline of(LockRequest request) {
		return new Deadline(request.timeout().map(Deadline::saturatedNanos).orElse(Long.MAX_VALUE));
	}

	private static long saturatedNanos(Duration timeout) {
		return (timeout.getSeconds() >= Long.MAX_VALUE / 1_000_000_000L) ? Long.MAX_VALUE : timeout.toNanos();
	}

	boolean failFast() {
		return this.nanos == 0;
	}

	long remainingNanos() {
		return (this.nanos == Long.MAX_VALUE) ? Long.MAX_VALUE : this.nanos - (System.nanoTime() - this.start);
	}

	Duration waited() {
		return Duration.ofNanos(System.nanoTime() - this.start);
	}

	@Nullable Duration limit() {
		return (this.nanos == Long.MAX_VALUE) ? null : Duration.ofNanos(this.nanos);
	}

}
