package io.atomicwrite.core;

import java.io.IOException;

/**
 * One step at what stands beside the target. It says which directories it changed; the
 * protocol syncs them.
 */
@FunctionalInterface
interface CompanionStep {

	/** Takes the step. */
	void run() throws IOException;

}
