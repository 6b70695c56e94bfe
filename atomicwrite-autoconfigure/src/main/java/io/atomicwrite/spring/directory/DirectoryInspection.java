package io.atomicwrite.spring.directory;

import java.util.List;
import java.util.Map;

import io.atomicwrite.Guarantee;
import io.atomicwrite.guarantee.Assessment;
import io.atomicwrite.guarantee.Filesystem;
import io.atomicwrite.core.WriteRequirements.Shortfall;

/**
 * A managed directory as it was found.
 *
 * @param directory the directory
 * @param filesystem its filesystem
 * @param guarantees what it can promise to the writes of the application
 * @param shortfalls the guarantees below the level that is needed
 * @param warnings the guarantees that the safety policy warns of
 * @param writable whether this user may create files in it
 */
public record DirectoryInspection(ManagedDirectory directory, Filesystem filesystem,
		Map<Guarantee, Assessment> guarantees, List<Shortfall> shortfalls, List<Shortfall> warnings, boolean writable) {

	/**
	 * Returns whether writes can be done there as they are asked for.
	 * @return whether it is writable and no guarantee falls short
	 */
	public boolean usable() {
		return this.writable && this.shortfalls.isEmpty();
	}

}
