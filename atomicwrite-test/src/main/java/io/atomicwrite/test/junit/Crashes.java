package io.atomicwrite.test.junit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.atomicwrite.test.crash.CrashCode;
import io.atomicwrite.test.crash.CrashProfile;
import io.atomicwrite.test.crash.CrashSimulation;

/**
 * Begins the simulations of a {@link CrashTest}.
 */
public final class Crashes {

	private final CrashTest test;

	private final List<CrashSimulation> begun = new ArrayList<>();

	Crashes(CrashTest test) {
		this.test = test;
	}

	/**
	 * Begins a simulation, with what the annotation says.
	 * @param running the code during which the power is cut
	 * @return the simulation; the test method sets its {@code reboot}, and the extension
	 * runs it
	 */
	public CrashSimulation during(CrashCode running) {
		CrashSimulation simulation = CrashSimulation.of(running);
		CrashProfile[] profiles = this.test.profiles();
		simulation.profiles(profiles[0], Arrays.copyOfRange(profiles, 1, profiles.length));
		if (this.test.crashAgain()) {
			simulation.crashAgain();
		}
		if (!this.test.replay().isEmpty()) {
			simulation.replay(this.test.replay());
		}
		this.begun.add(simulation);
		return simulation;
	}

	void check() {
		if (this.begun.isEmpty()) {
			throw new AssertionError("nothing was simulated: begin a simulation by during(...)");
		}
		this.begun.forEach(CrashSimulation::check);
	}

}
