package io.atomicwrite.lock;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

import io.atomicwrite.isolation.DaemonCalls;

/**
 * Renews the leases that are held for longer than a third of their lease time, by one
 * daemon thread that runs as long as there are some. It waits for no store itself.
 * Thread-safe.
 */
final class Renewals {

	private final Set<StoreHold> holds = ConcurrentHashMap.newKeySet();

	private final Executor background;

	private final long tick;

	private boolean running;

	Renewals(Executor background, Duration leaseTime) {
		this.background = background;
		this.tick = Math.max(5, leaseTime.toMillis() / 10);
	}

	void add(StoreHold hold) {
		synchronized (this) {
			this.holds.add(hold);
			if (!this.running) {
				this.running = true;
				DaemonCalls.start("atomicwrite-lock-renewal", this::run);
			}
		}
	}

	void remove(StoreHold hold) {
		this.holds.remove(hold);
	}

	private void run() {
		while (true) {
			try {
				Thread.sleep(this.tick);
			}
			catch (InterruptedException ex) {
				// nobody has a reason to: leases must be renewed
			}
			synchronized (this) {
				if (this.holds.isEmpty()) {
					this.running = false;
					return;
				}
			}
			for (StoreHold hold : this.holds) {
				if (hold.isDue()) {
					this.background.execute(hold::renewInBackground);
				}
			}
		}
	}

}
