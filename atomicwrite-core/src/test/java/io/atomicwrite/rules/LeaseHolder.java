package io.atomicwrite.rules;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import io.atomicwrite.lock.LockLease;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.lock.LockRequest;
import io.atomicwrite.test.ForkedJvm;

/**
 * Someone else who holds leases, in each of the places where that can be.
 */
final class LeaseHolder implements AutoCloseable {

	private final ExecutorService thread = Executors.newSingleThreadExecutor();

	private final CountDownLatch done = new CountDownLatch(1);

	private final LockRegistry other = LockRegistry.file();

	private final ForkedJvm process = ForkedJvm.start(LeaseHolder.class);

	/** Lets someone hold the leases of files from now on. */
	void hold(Place place, LockRegistry locks, Path... targets) throws Exception {
		switch (place) {
			case QUEUE -> holdInThread(locks, targets);
			case TABLE -> holdInThread(this.other, targets);
			case PROCESS -> {
				for (Path target : targets) {
					this.process.ask(target.toString());
				}
			}
		}
	}

	private void holdInThread(LockRegistry registry, Path... targets) throws Exception {
		this.thread.submit(() -> {
			for (Path target : targets) {
				registry.acquire(target, LockRequest.failFast());
			}
		}).get();
	}

	@Override
	public void close() {
		this.done.countDown();
		this.thread.shutdownNow();
		this.other.close();
		this.process.close();
	}

	/** The other process: acquires what it is asked for, and keeps it. */
	public static void main(String[] args) throws IOException {
		LockRegistry locks = LockRegistry.file();
		java.io.BufferedReader commands = new java.io.BufferedReader(new java.io.InputStreamReader(System.in));
		for (String line = commands.readLine(); line != null; line = commands.readLine()) {
			LockLease lease = locks.acquire(Path.of(line), LockRequest.failFast());
			ForkedJvm.reply("held " + lease.target());
		}
	}

	/**
	 * Where the other is.
	 */
	enum Place {

		/** Another thread with the same registry. */
		QUEUE,

		/** Another registry of this process. */
		TABLE,

		/** Another process. */
		PROCESS

	}

}
