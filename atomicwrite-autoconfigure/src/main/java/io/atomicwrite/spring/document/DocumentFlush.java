package io.atomicwrite.spring.document;

import java.util.Collection;
import java.util.function.Supplier;

import io.atomicwrite.document.AtomicDocument;
import io.atomicwrite.isolation.DaemonCalls;

import org.springframework.context.SmartLifecycle;

/**
 * Flushes the documents when the application stops, after the web server and everything
 * else that has a phase of its own: what requests and other beans have changed last is
 * durable then. Documents stay open until the template is destroyed. Spring waits for it
 * as long as for each phase, {@code spring.lifecycle.timeout-per-shutdown-phase}.
 */
public final class DocumentFlush implements SmartLifecycle {

	/** Lower phases stop later. */
	static final int PHASE = Integer.MIN_VALUE + 1024;

	private final Supplier<? extends Collection<AtomicDocuments>> documents;

	private volatile boolean running;

	/**
	 * Creates an instance.
	 * @param documents returns the documents that have been created until the stop
	 */
	public DocumentFlush(Supplier<? extends Collection<AtomicDocuments>> documents) {
		this.documents = documents;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

	@Override
	public void start() {
		this.running = true;
	}

	@Override
	public void stop() {
		this.running = false;
		this.documents.get().forEach((each) -> each.all().values().forEach(AtomicDocument::flush));
	}

	/** A disk that hangs must not keep the application from stopping. */
	@Override
	public void stop(Runnable callback) {
		DaemonCalls.start("atomicwrite-flush", () -> {
			try {
				stop();
			}
			finally {
				callback.run();
			}
		});
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

}
