package io.atomicwrite.benchmarks;

import java.util.function.Supplier;

import io.atomicwrite.SafetyPolicy;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.lock.LockRequest;

/**
 * The ways to write that are compared.
 */
enum Contender {

	/**
	 * The system calls of a durable write, by hand.
	 */
	HAND(HandWritten::new),

	/**
	 * The same again: how far this ratio strays from one is the noise of the machine.
	 */
	CONTROL(HandWritten::new),

	/**
	 * The template without a lock.
	 */
	NONE(() -> template(templateOptions().lock(LockRequest.none()).build())),

	/**
	 * The template with its lock, which is its default.
	 */
	LOCK(() -> template(templateOptions().build()));

	private final Supplier<DurableWrite> factory;

	Contender(Supplier<DurableWrite> factory) {
		this.factory = factory;
	}

	DurableWrite create() {
		return this.factory.get();
	}

	/** Only the safety policy differs from the defaults: the strict one refuses tmpfs. */
	static WriteOptions.Builder templateOptions() {
		return WriteOptions.engineDefaults().toBuilder().safety(SafetyPolicy.BEST_EFFORT);
	}

	private static DurableWrite template(WriteOptions options) {
		AtomicFileTemplate template = AtomicFileTemplate.create();
		return (target, content) -> template.write(target, content, options);
	}

}
