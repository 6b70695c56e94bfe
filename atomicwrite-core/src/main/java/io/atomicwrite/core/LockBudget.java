package io.atomicwrite.core;

import java.time.Duration;

import io.atomicwrite.lock.LockRequest;

/**
 * The time that the files of a batch may wait for their leases, all of them together. For
 * one thread.
 */
final class LockBudget {

	private Duration spent = Duration.ZERO;

	/** Returns what is left of a request. */
	LockRequest left(LockRequest asked) {
		if (asked.isNone() || asked.isFailFast() || this.spent.isZero()) {
			return asked;
		}
		return asked.timeout().map((limit) -> LockRequest.waitUpTo(positive(limit.minus(this.spent)))).orElse(asked);
	}

	private static Duration positive(Duration left) {
		return left.isNegative() ? Duration.ZERO : left;
	}

	/** Notes how long one file has waited. */
	void waited(Duration time) {
		if (time.compareTo(Entrance.CONTENDED) > 0) {
			this.spent = this.spent.plus(time);
		}
	}

}
