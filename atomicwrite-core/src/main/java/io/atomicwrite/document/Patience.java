package io.atomicwrite.document;

import java.time.Duration;

import io.atomicwrite.LockNotAcquiredException;
import io.atomicwrite.LockNotAcquiredException.Reason;
import io.atomicwrite.LockNotAcquiredException.Wait;
import io.atomicwrite.Problem;
import io.atomicwrite.Remedy;
import io.atomicwrite.lock.LockRequest;

/**
 * How long a change waits: for its turn and for the lease together, as long as a write
 * waits for the lease. Immutable.
 *
 * @param file the file of the document
 */
record Patience(DocumentFile file) {

	private boolean isLimited() {
		LockRequest request = this.file.lock();
		return request.timeout().isPresent() && !request.isFailFast();
	}

	/** Returns until when a change that comes now waits, by {@link System#nanoTime()}. */
	long deadline() {
		long nanos = isLimited() ? this.file.lock().timeout().orElseThrow().toNanos() : Long.MAX_VALUE / 2;
		return System.nanoTime() + nanos;
	}

	/** Returns how long the one that leads waits for the lease. */
	LockRequest request(Ticket<?> ticket) {
		return isLimited() ? LockRequest.waitUpTo(Duration.ofNanos(Math.max(0, ticket.deadline() - System.nanoTime())))
				: this.file.lock();
	}

	LockNotAcquiredException timeout() {
		return notAcquired(Reason.TIMEOUT, "waited in vain for a write of this process that was under way",
				Remedy.WAIT_LONGER);
	}

	LockNotAcquiredException interrupted() {
		return notAcquired(Reason.INTERRUPTED, "the thread was interrupted while it waited for writes of others",
				Remedy.NONE);
	}

	private LockNotAcquiredException notAcquired(Reason reason, String what, Remedy remedy) {
		Duration limit = this.file.lock().timeout().orElse(null);
		return new LockNotAcquiredException(this.file.canonical(), reason,
				new Wait((limit != null) ? limit : Duration.ZERO, limit, null), Problem.of(what, remedy), null);
	}

	IllegalStateException closed() {
		return new IllegalStateException("the document of " + this.file.path() + " is closed; nothing was changed");
	}

}
