package io.atomicwrite;

import java.nio.file.Path;

/**
 * The file operations can't do what the write needs in this directory. Thrown before any
 * I/O on the target.
 */
public final class CapabilityNotSupportedException extends AtomicWriteException {

	private static final long serialVersionUID = 1L;

	private final Capability capability;

	/**
	 * Creates the exception; the outcome is {@link WriteOutcome#NOT_COMMITTED}.
	 * @param target the target
	 * @param phase the phase in which the lack was found
	 * @param capability what is missing
	 * @param problem what happened and what to do
	 */
	public CapabilityNotSupportedException(Path target, WritePhase phase, Capability capability, Problem problem) {
		super(target, phase, WriteOutcome.NOT_COMMITTED, problem, null);
		this.capability = capability;
	}

	/**
	 * Returns what is missing.
	 * @return the missing capability
	 */
	public Capability capability() {
		return this.capability;
	}

}
