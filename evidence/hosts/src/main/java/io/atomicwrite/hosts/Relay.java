package io.atomicwrite.hosts;

import java.nio.file.Path;
import java.time.Duration;

import io.atomicwrite.LockLostException;
import io.atomicwrite.LockNotAcquiredException;
import io.atomicwrite.lock.LockLease;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.lock.LockRequest;

/**
 * Acquires a lock and releases it, in turns with another process, and prints when: the
 * monotonic clock is that of the machine. A line for each: the times at which it began to
 * wait, had the lock, and began to release it.
 */
public final class Relay {

	private static final long HOLD_MILLIS = 150;

	private Relay() {
	}

	/**
	 * Takes turns.
	 * @param args {@code name=value}, as for {@link Counter}
	 * @throws Exception if the engine can't be opened
	 */
	public static void main(String[] args) throws Exception {
		Settings settings = new Settings(args);
		Path target = settings.target();
		long end = System.nanoTime() + Duration.ofSeconds(Long.parseLong(settings.get("seconds"))).toNanos();
		Engine engine = settings.engine();
		LockRegistry locks = settings.locks(engine, settings.files());
		System.out.println("READY");
		while (System.nanoTime() < end) {
			try {
				turn(locks, target);
			}
			catch (LockNotAcquiredException | LockLostException ex) {
				// the first request of a client may take longer than a store may
				continue;
			}
			// the other one has it next, and this one waits while it does
			Thread.sleep(HOLD_MILLIS / 2);
		}
		System.out.println("DONE");
		System.out.flush();
		Runtime.getRuntime().halt(0);
	}

	private static void turn(LockRegistry locks, Path target) throws InterruptedException {
		long asked = System.nanoTime();
		try (LockLease lease = locks.acquire(target, LockRequest.waitUpTo(Duration.ofSeconds(20)))) {
			long acquired = System.nanoTime();
			Thread.sleep(HOLD_MILLIS);
			lease.ensureHeld();
			System.out.println("TURN " + asked + " " + acquired + " " + System.nanoTime());
		}
	}

}
