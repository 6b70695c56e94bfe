package io.atomicwrite.test.crash;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The simulation finds each bug of {@link SeededBug}, and nothing in its mended form.
 */
class SeededBugsTests {

	private static final List<String> TIMES = new ArrayList<>();

	@AfterAll
	static void printTimes() {
		System.out.println("crash simulations: " + String.join("; ", TIMES));
	}

	private static CrashReport timed(String name, CrashSimulation simulation) {
		long start = System.nanoTime();
		CrashReport report = simulation.run();
		TIMES.add(name + " " + report.calls() + " calls, " + report.disks() + " disks, "
				+ (System.nanoTime() - start) / 1_000_000 + " ms");
		return report;
	}

	@ParameterizedTest
	@EnumSource
	void bugIsFoundAndCanBeReplayedAlone(SeededBug bug) {
		CrashReport report = timed(bug + " (bug)", bug.broken());
		assertThat(report.verdict()).as(report::toString).isEqualTo(CrashVerdict.LOST);
		assertThat(report.toString()).contains("power cut", "The disk afterwards", report.replay().orElseThrow());
		CrashReport replayed = bug.broken().replay(report.replay().orElseThrow()).run();
		assertThat(replayed.verdict()).as(replayed::toString).isEqualTo(CrashVerdict.LOST);
		assertThat(replayed.disks()).isLessThanOrEqualTo(2);
		assertThat(message(replayed)).isEqualTo(message(report));
	}

	/** Each run has a directory of its own. */
	private static String message(CrashReport report) {
		return String.valueOf(report.failure().orElseThrow().getMessage()).replaceAll("atomicwrite-crash-\\d+", "…");
	}

	@ParameterizedTest
	@EnumSource
	void mendedFormSurvives(SeededBug bug) {
		CrashReport report = timed(bug + " (mended)", bug.mended());
		assertThat(report.verdict()).as(report::toString).isEqualTo(CrashVerdict.SURVIVED);
	}

}
