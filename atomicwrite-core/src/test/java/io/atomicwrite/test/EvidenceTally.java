package io.atomicwrite.test;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

import io.atomicwrite.test.EvidenceRecord.Control;
import io.atomicwrite.test.EvidenceRecord.Scope;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Counts over all tests of a class what they try, and writes one {@link EvidenceRecord}
 * after the last. A test that failed counts as a loss, one that is tagged {@code slow}
 * makes it the record of a long run.
 */
public final class EvidenceTally implements AfterEachCallback, AfterAllCallback {

	private final String lane;

	private final String method;

	private final String tried;

	private final String unit;

	private final String tests;

	private final AtomicLong count = new AtomicLong();

	private final AtomicLong lost = new AtomicLong();

	private final Map<String, Control> controls = new ConcurrentSkipListMap<>();

	private volatile Scope scope = Scope.SLICE;

	/**
	 * Creates a tally for a field that is registered as an extension.
	 * @param lane the name of the lane
	 * @param method the method
	 * @param tried what is tried
	 * @param unit what is counted
	 * @param tests the tests, as Surefire selects them
	 */
	public EvidenceTally(String lane, String method, String tried, String unit, String tests) {
		this.lane = lane;
		this.method = method;
		this.tried = tried;
		this.unit = unit;
		this.tests = tests;
	}

	/**
	 * Counts what a test has tried.
	 * @param tried how much
	 */
	public void add(long tried) {
		this.count.addAndGet(tried);
	}

	/**
	 * Counts a run with something broken on purpose.
	 * @param name what was broken
	 * @param tried how much was tried
	 * @param losses how many losses were seen
	 */
	public void control(String name, long tried, long losses) {
		this.controls.merge(name, new Control(name, tried, losses),
				(a, b) -> new Control(name, a.count() + b.count(), a.losses() + b.losses()));
	}

	@Override
	public void afterEach(ExtensionContext context) {
		if (context.getExecutionException().isPresent()) {
			this.lost.incrementAndGet();
		}
		if (context.getTags().contains("slow")) {
			this.scope = Scope.LONG;
		}
	}

	@Override
	public void afterAll(ExtensionContext context) throws Exception {
		if (this.count.get() == 0) {
			return;
		}
		new EvidenceRecord(this.lane, this.method, this.tried, this.count.get(), this.unit, this.lost.get(),
				List.copyOf(this.controls.values()), this.scope.command(this.tests), this.scope)
			.write();
	}

}
