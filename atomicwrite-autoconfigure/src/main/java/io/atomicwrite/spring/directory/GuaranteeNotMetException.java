package io.atomicwrite.spring.directory;

import java.util.Set;
import java.util.stream.Stream;

import io.atomicwrite.Guarantee;
import io.atomicwrite.core.WriteRequirements;

/**
 * Thrown when a managed directory provides a guarantee below the required level, or lacks
 * a capability that writes need.
 */
public final class GuaranteeNotMetException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient DirectoryInspection inspection;

	private final transient WriteRequirements requirements;

	private final transient Set<Guarantee> ofDirectory;

	/**
	 * Creates the exception.
	 * @param inspection the inspection of the directory
	 * @param requirements the requirements of the writes in it
	 * @param ofDirectory the guarantees that the directory itself requires
	 */
	public GuaranteeNotMetException(DirectoryInspection inspection, WriteRequirements requirements,
			Set<Guarantee> ofDirectory) {
		super("Managed directory " + inspection.directory().label() + " on " + inspection.filesystem().type() + ": "
				+ Stream.concat(inspection.shortfalls().stream(), inspection.lacks().stream()).toList());
		this.inspection = inspection;
		this.requirements = requirements;
		this.ofDirectory = Set.copyOf(ofDirectory);
	}

	/**
	 * Returns the inspection of the directory.
	 * @return the inspection
	 */
	public DirectoryInspection inspection() {
		return this.inspection;
	}

	/**
	 * Returns the guarantees that the directory itself requires, beside what every write
	 * requires.
	 * @return the guarantees
	 */
	public Set<Guarantee> ofDirectory() {
		return this.ofDirectory;
	}

	/**
	 * Returns the requirements of the writes in the directory.
	 * @return the requirements
	 */
	public WriteRequirements requirements() {
		return this.requirements;
	}

}
