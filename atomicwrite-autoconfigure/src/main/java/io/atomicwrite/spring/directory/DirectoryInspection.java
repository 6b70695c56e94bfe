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
 * The result of inspecting a managed directory.
 *
 * @param directory the directory
 * @param realPath its canonical path
 * @param filesystem its filesystem
 * @param guarantees the guarantees for the writes of the application
 * @param lacks the capabilities that writes need under every safety policy, but the
 * filesystem lacks
 * @param shortfalls the guarantees below the required level
 * @param warnings the guarantees that the safety policy permits with a warning
 * @param writable whether this user may create files in it
 */
public record DirectoryInspection(ManagedDirectory directory, Path realPath, Filesystem filesystem,
		Map<Guarantee, Assessment> guarantees, Set<Capability> lacks, List<Shortfall> shortfalls,
		List<Shortfall> warnings, boolean writable) {

	/**
	 * Returns whether the writes of the application can succeed there.
	 * @return whether it is writable, no capability is missing and no guarantee falls
	 * short
	 */
	public boolean usable() {
		return this.writable && meetsRequirements();
	}

	/**
	 * Returns whether the filesystem meets the requirements of the writes.
	 * @return whether no capability is missing and no guarantee falls short
	 */
	public boolean meetsRequirements() {
		return this.lacks.isEmpty() && this.shortfalls.isEmpty();
	}

	/**
	 * Returns the warnings of the safety policy, with the same texts as those of writes.
	 * @return the text of each warning
	 */
	public List<String> warningTexts() {
		return this.warnings.stream().map((warning) -> warning.warning(this.filesystem)).toList();
	}

}
