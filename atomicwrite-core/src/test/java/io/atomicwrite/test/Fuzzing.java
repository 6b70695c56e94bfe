package io.atomicwrite.test;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

import io.atomicwrite.test.EvidenceRecord.Scope;

/**
 * Counts what a fuzzer has tried, and writes it down. The number of tries is that of
 * {@code jqwik.tries.default}; a run with more than the usual number is a long one.
 */
public final class Fuzzing {

	/** What every build tries is the same each time; a long run goes on from there. */
	public static final String SEED = "20261121";

	private static final int USUAL_TRIES = 1000;

	private final String lane;

	private final String tried;

	private final Class<?> tests;

	private final AtomicLong count = new AtomicLong();

	private final AtomicLong losses = new AtomicLong();

	/**
	 * Creates a count.
	 * @param lane the name of the lane
	 * @param tried what is tried, a sentence
	 * @param tests the class that does it
	 */
	public Fuzzing(String lane, String tried, Class<?> tests) {
		this.lane = lane;
		this.tried = tried;
		this.tests = tests;
	}

	/**
	 * Checks one input.
	 * @param check what must not throw
	 * @throws Exception what it throws
	 */
	public void check(Check check) throws Exception {
		this.count.incrementAndGet();
		try {
			check.run();
		}
		catch (Throwable ex) {
			this.losses.incrementAndGet();
			throw ex;
		}
	}

	/**
	 * Writes the record.
	 * @throws IOException if it can't be written
	 */
	public void write() throws IOException {
		int tries = Integer.getInteger("jqwik.tries.default", USUAL_TRIES);
		Scope scope = (tries > USUAL_TRIES) ? Scope.LONG : Scope.SLICE;
		new EvidenceRecord(this.lane, "fuzzing", this.tried, this.count.get(), "inputs", this.losses.get(),
				"mvn -pl atomicwrite-core test -Dtest=" + this.tests.getSimpleName()
						+ ((scope == Scope.LONG) ? " -Djqwik.tries.default=" + tries : ""),
				scope)
			.write();
	}

	/**
	 * What must not throw.
	 */
	@FunctionalInterface
	public interface Check {

		/**
		 * Does it.
		 * @throws Exception if it fails
		 */
		void run() throws Exception;

	}

}
