package io.atomicwrite;

import java.nio.file.Path;

/**
 * The filesystem below the target keeps a guarantee at a lower level than is required.
 * Thrown before any I/O on the target.
 */
public final class UnsupportedEnvironmentException extends AtomicWriteException {

	private static final long serialVersionUID = 1L;

	private final Guarantee guarantee;

	private final GuaranteeLevel required;

	private final GuaranteeLevel found;

	/**
	 * Creates the exception; the outcome is {@link WriteOutcome#NOT_COMMITTED}.
	 * @param target the target
	 * @param guarantee the guarantee that falls short
	 * @param required the level that is required
	 * @param found the level that the filesystem keeps
	 * @param problem what happened and what to do
	 */
	public UnsupportedEnvironmentException(Path target, Guarantee guarantee, GuaranteeLevel required,
			GuaranteeLevel found, Problem problem) {
		super(target, WritePhase.GATE, WriteOutcome.NOT_COMMITTED, problem, null);
		this.guarantee = guarantee;
		this.required = required;
		this.found = found;
	}

	/**
	 * Returns the guarantee that falls short.
	 * @return the guarantee
	 */
	public Guarantee guarantee() {
		return this.guarantee;
	}

	/**
	 * Returns the level that is required.
	 * @return the required level
	 */
	public GuaranteeLevel required() {
		return this.required;
	}

	/**
	 * Returns the level that the filesystem keeps.
	 * @return the level found
	 */
	public GuaranteeLevel found() {
		return this.found;
	}

}
