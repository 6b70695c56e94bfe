package io.atomicwrite.spring.directory;

import java.util.stream.Stream;

import io.atomicwrite.core.WriteRequirements;

/**
 * A managed directory keeps a guarantee below the level that is needed, or lacks
 * something that every write needs.
 */
public final class GuaranteeNotMetException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient DirectoryInspection inspection;

	private final transient WriteRequirements requirements;

	/**
	 * Creates the exception.
	 * @param inspection what was found
	 * @param requirements what was needed
	 */
	public GuaranteeNotMetException(DirectoryInspection inspection, WriteRequirements requirements) {
		super("Managed directory '" + inspection.directory().name() + "' (" + inspection.directory().path() + ") on "
				+ inspection.filesystem().type() + ": "
				+ Stream.concat(inspection.shortfalls().stream(), inspection.lacks().stream()).toList());
		this.inspection = inspection;
		this.requirements = requirements;
	}

	/**
	 * Returns what was found.
	 * @return the inspection
	 */
	public DirectoryInspection inspection() {
		return this.inspection;
	}

	/**
	 * Returns what was needed.
	 * @return the requirements
	 */
	public WriteRequirements requirements() {
		return this.requirements;
	}

}
