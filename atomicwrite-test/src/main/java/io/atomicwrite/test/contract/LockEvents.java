package io.atomicwrite.test.contract;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.atomicwrite.LockNotAcquiredException.Reason;
import io.atomicwrite.lock.LockListener;

/**
 * Writes down what a registry tells its listeners.
 */
final class LockEvents implements LockListener {

	private final List<String> events = new CopyOnWriteArrayList<>();

	/** What was told, each as a word and the target, in order. */
	List<String> all() {
		return List.copyOf(this.events);
	}

	@Override
	public void acquired(Path target, Duration waited) {
		this.events.add("acquired " + target);
	}

	@Override
	public void notAcquired(Path target, Reason reason, Duration waited) {
		this.events.add(reason + " " + target);
	}

	@Override
	public void released(Path target, Duration held) {
		this.events.add("released " + target);
	}

}
