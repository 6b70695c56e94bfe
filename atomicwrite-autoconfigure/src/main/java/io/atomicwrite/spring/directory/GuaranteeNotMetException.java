package io.atomicwrite.spring.directory;

/**
 * A managed directory keeps a guarantee below the level that is needed.
 */
public final class GuaranteeNotMetException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient DirectoryInspection inspection;

	/**
	 * Creates the exception.
	 * @param inspection what was found
	 */
	public GuaranteeNotMetException(DirectoryInspection inspection) {
		super("Managed directory '" + inspection.directory().name() + "' (" + inspection.directory().path() + ") on "
				+ inspection.filesystem().type() + ": " + inspection.shortfalls());
		this.inspection = inspection;
	}

	/**
	 * Returns what was found.
	 * @return the inspection
	 */
	public DirectoryInspection inspection() {
		return this.inspection;
	}

}
