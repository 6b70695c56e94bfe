package io.atomicwrite.test.crash;

/**
 * What a crash simulation has found. Only {@link #SURVIVED} is a success: what could not
 * be measured has not passed.
 */
public enum CrashVerdict {

	/**
	 * On each disk that a power cut may leave, the start-up code and its assertions
	 * passed.
	 */
	SURVIVED,

	/** On at least one of the disks they failed. */
	LOST,

	/**
	 * The simulation has not seen all that the code did, or not every disk: a call went
	 * past the simulated filesystem, nothing was changed on it, it can't do what was
	 * asked of it, or there are more disks than the limit allows.
	 */
	NOT_MEASURED,

	/**
	 * The code fails without any crash, or a replay met other calls than the run that it
	 * was to repeat. Nothing is known about crashes then.
	 */
	HARNESS_BROKEN

}
