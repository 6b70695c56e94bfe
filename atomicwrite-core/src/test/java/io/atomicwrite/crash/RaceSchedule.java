package io.atomicwrite.crash;

import java.util.List;

/**
 * Lets one of two writers run at a time, and takes the turn from it where the plan says
 * so. One that waits for a lock gives its turn away until a lock is released.
 */
final class RaceSchedule {

	/** How many calls go by before each preemption, of those at which one is possible. */
	private final List<Integer> plan;

	private final boolean[] ended = new boolean[2];

	private final boolean[] waiting = new boolean[2];

	private int running;

	private int preemptions;

	private int left;

	RaceSchedule(int first, List<Integer> plan) {
		this.running = first;
		this.plan = plan;
		this.left = plan.isEmpty() ? Integer.MAX_VALUE : plan.get(0);
	}

	/** Returns whether each preemption of the plan took place. */
	synchronized boolean exhausted() {
		return this.preemptions == this.plan.size();
	}

	/** Is called before each call of a writer. */
	synchronized void next(int writer) {
		await(writer);
		while (this.waiting[writer] || (this.left == 0 && runnable(1 - writer))) {
			if (!this.waiting[writer]) {
				this.preemptions++;
				this.left = (this.preemptions < this.plan.size()) ? this.plan.get(this.preemptions) : Integer.MAX_VALUE;
			}
			handOver(1 - writer);
			await(writer);
		}
		if (runnable(1 - writer)) {
			this.left--;
		}
	}

	/**
	 * The writer did not get a lock, and has nothing to do until the other releases one.
	 */
	synchronized void waits(int writer) {
		if (this.ended[1 - writer] || this.waiting[1 - writer]) {
			throw new IllegalStateException("nobody is left to release the lock");
		}
		this.waiting[writer] = true;
	}

	synchronized void released() {
		this.waiting[0] = false;
		this.waiting[1] = false;
	}

	synchronized void end(int writer) {
		this.ended[writer] = true;
		released();
		handOver(1 - writer);
	}

	private boolean runnable(int writer) {
		return !this.ended[writer] && !this.waiting[writer];
	}

	private void handOver(int writer) {
		this.running = writer;
		notifyAll();
	}

	private void await(int writer) {
		while (this.running != writer) {
			try {
				wait();
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}
	}

}
