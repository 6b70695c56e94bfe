package io.atomicwrite.core;

import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import io.atomicwrite.test.Enumerates;
import io.atomicwrite.test.EvidenceTally;
import io.atomicwrite.test.FaultSweep;
import io.atomicwrite.test.FaultSweep.Scenario;
import io.atomicwrite.test.Slice;
import io.atomicwrite.test.SlicesItself;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Fails call 1, 2, 3, … of each operation until it runs without a fault, and holds what
 * it reports against what is there.
 */
@Enumerates
@SlicesItself
class FaultSweepTests {

	@RegisterExtension
	static final EvidenceTally TALLY = new EvidenceTally("fault-sweep", "fault sweep",
			"each call of 13 forms of write fails: 9 errors, out of memory and an unchecked exception among them; each call fails after it was done; each call and all after it fail",
			"runs", "FaultSweepTests");

	@TempDir
	private Path root;

	private FaultSweep sweep;

	@BeforeEach
	void sweep() {
		this.sweep = new FaultSweep(this.root, UnaryOperator.identity(), () -> TALLY.add(1));
	}

	static Stream<Scenario> scenarios() {
		return Slice.current().of(FaultSweep.scenarios());
	}

	@ParameterizedTest
	@MethodSource("scenarios")
	void everyCallFailsOnce(Scenario scenario) throws Exception {
		this.sweep.everyCallFailsOnce(scenario);
	}

	@Test
	void failedSyncOfTheFileIsNeverRepeated() throws Exception {
		this.sweep.failedSyncOfTheFileIsNeverRepeated();
	}

}
