package io.atomicwrite.test.crash;

/**
 * Code that runs on a simulated machine.
 */
@FunctionalInterface
public interface CrashCode {

	/**
	 * Runs the code, and its assertions if it has some.
	 * @param machine the machine; it is switched off once this method has returned
	 * @throws Exception if the code fails, as if it threw it to its caller
	 */
	void run(SimulatedMachine machine) throws Exception;

}
