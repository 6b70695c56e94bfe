package io.atomicwrite.publication;

import java.util.List;

/**
 * How a version compares with its manifest. Immutable.
 *
 * @param version its name
 * @param files how many files the manifest names
 * @param size their size in bytes, as the manifest has it
 * @param problems what differs, one line for each file; empty if the version is whole
 */
public record VersionReport(String version, int files, long size, List<String> problems) {

	/**
	 * Creates a report.
	 */
	public VersionReport {
		problems = List.copyOf(problems);
	}

	/**
	 * Returns whether every file is as it was published.
	 * @return whether nothing differs
	 */
	public boolean sound() {
		return this.problems.isEmpty();
	}

}
