package io.atomicwrite.core;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

import io.atomicwrite.schedule.Schedules;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import static io.atomicwrite.schedule.Schedules.race;
import static io.atomicwrite.schedule.Schedules.require;

/**
 * Closing a template while operations begin and end, in many schedules.
 */
class InFlightScheduleTests {

	private static final Path TARGET = Path.of("/d/f");

	@Test
	void closeWaitsForWhatWasLetInAndRefusesTheRest() {
		Schedules.explore(() -> {
			InFlight inFlight = new InFlight();
			Visit one = new Visit();
			Visit two = new Visit();
			race(() -> one.run(inFlight), () -> two.run(inFlight), () -> {
				inFlight.close(Duration.ofDays(1));
				require(!one.isUnderWay() && !two.isUnderWay(), "closed before the end of an operation");
			});
			require(one.entered + one.refused == 1 && two.entered + two.refused == 1, "neither let in nor refused");
		});
	}

	@AfterAll
	static void record() throws IOException {
		Schedules.record("close-schedules",
				"schedules of two operations and the close of their template: what was let in ends before the close does",
				InFlightScheduleTests.class)
			.write();
	}

	private static final class Visit implements InFlight.Entry {

		volatile int entered;

		volatile int refused;

		private volatile boolean ended;

		void run(InFlight inFlight) {
			try {
				inFlight.enter(this, TARGET);
			}
			catch (IllegalStateException ex) {
				this.refused++;
				return;
			}
			this.entered++;
			this.ended = true;
			inFlight.leave(this);
		}

		@Override
		public boolean discard() {
			return false;
		}

		@Override
		public void endWait() {
			// waits for nothing
		}

		boolean isUnderWay() {
			return this.entered > 0 && !this.ended;
		}

	}

}
