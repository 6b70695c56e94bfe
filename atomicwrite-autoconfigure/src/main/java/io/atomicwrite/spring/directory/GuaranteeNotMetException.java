package io.atomicwrite.spring.directory;

import java.util.stream.Stream;

import io.atomicwrite.core.WriteRequirements;

/**
 * Thrown when a managed directory provides a guarantee below the required level, or lacks
 * a capability that writes need.
 */
public final class GuaranteeNotMetException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient DirectoryInspection inspection;

	private final transient WriteRequirements requirements;

	/**
	 * Creates the exception.
	 * @param inspection the inspection of the directory
	 * @param requirements the requirements of the writes
	 */
	public GuaranteeNotMetException(DirectoryInspection inspection, WriteRequirements requirements) {
		super("Managed directory '" + inspection.directory().name() + "' (" + inspection.directory().path() + ") on "
				+ inspection.filesystem().type() + ": "
				+ Stream.concat(inspection.shortfalls().stream(), inspection.lacks().stream()).toList());
		this.inspection = inspection;
		this.requirements = requirements;
	}

	/**
	 * Returns the inspection of the directory.
	 * @return the inspection
	 */
	public DirectoryInspection inspection() {
		return this.inspection;
	}

	/**
	 * Returns the requirements of the writes.
	 * @return the requirements
	 */
	public WriteRequirements requirements() {
		return this.requirements;
	}

}
