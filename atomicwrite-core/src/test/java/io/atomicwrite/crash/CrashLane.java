package io.atomicwrite.crash;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.atomicwrite.test.EvidenceRecord;
import io.atomicwrite.test.EvidenceRecord.Control;
import io.atomicwrite.test.EvidenceRecord.Scope;

/**
 * Adds up what one lane of crash states has tried and lost.
 */
final class CrashLane {

	private final String name;

	private final String tried;

	private final String test;

	private final Map<String, Control> controls = new LinkedHashMap<>();

	private long cases;

	private long raw;

	private long distinct;

	private long losses;

	CrashLane(String name, String tried, String test) {
		this.name = name;
		this.tried = tried;
		this.test = test;
	}

	/**
	 * Adds a case.
	 * @param states how many states there were, equal ones counted each time
	 * @param different how many different ones
	 * @param lost in how many something was lost
	 */
	void add(long states, long different, long lost) {
		this.cases++;
		this.raw += states;
		this.distinct += different;
		this.losses += lost;
	}

	void control(String broken, long states, long lost) {
		this.controls.put(broken, new Control(broken, states, lost));
	}

	/** Whether all was run: a part of it is no evidence of the whole. */
	boolean isWhole(long expected) {
		return this.cases == expected && !this.controls.isEmpty();
	}

	void write(Scope scope) throws IOException {
		new EvidenceRecord(this.name, "crash states",
				String.format(Locale.ROOT, "%s; %,d cases, %,d distinct states", this.tried, this.cases, this.distinct),
				this.raw, "states", this.losses, List.copyOf(this.controls.values()), scope.command(this.test), scope)
			.write();
	}

}
