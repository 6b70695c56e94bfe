package io.atomicwrite.spring.directory;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.atomicwrite.Capability;
import io.atomicwrite.Guarantee;
import io.atomicwrite.core.WriteRequirements.Shortfall;
import io.atomicwrite.guarantee.Assessment;
import io.atomicwrite.guarantee.Filesystem;

/**
 * A managed directory as it was found.
 *
 * @param directory the directory
 * @param realPath its path without links
 * @param filesystem its filesystem
 * @param guarantees what it can promise to the writes of the application
 * @param lacks what writes need and can't be done there, whatever the safety policy
 * @param shortfalls the guarantees below the level that is needed
 * @param warnings the guarantees that the safety policy warns of
 * @param writable whether this user may create files in it
 */
public record DirectoryInspection(ManagedDirectory directory, Path realPath, Filesystem filesystem,
		Map<Guarantee, Assessment> guarantees, Set<Capability> lacks, List<Shortfall> shortfalls,
		List<Shortfall> warnings, boolean writable) {

	/**
	 * Returns whether writes can be done there as they are asked for.
	 * @return whether it is writable, nothing is lacking and no guarantee falls short
	 */
	public boolean usable() {
		return this.writable && meetsRequirements();
	}

	/**
	 * Returns whether the filesystem does what writes ask for.
	 * @return whether nothing is lacking and no guarantee falls short
	 */
	public boolean meetsRequirements() {
		return this.lacks.isEmpty() && this.shortfalls.isEmpty();
	}

	/**
	 * Returns what the safety policy warns of, in the words in which a write is warned.
	 * @return a text for each warning
	 */
	public List<String> warningTexts() {
		return this.warnings.stream().map((warning) -> warning.warning(this.filesystem)).toList();
	}

}
