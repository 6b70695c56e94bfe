package io.atomicwrite.doctor;

import org.jspecify.annotations.Nullable;

/**
 * The result of one check of a diagnosis. Immutable.
 *
 * @param code the check
 * @param severity its severity
 * @param message what was found
 * @param remedy what to do about it, or {@code null} if there is nothing to do
 */
public record Finding(FindingCode code, Severity severity, String message, @Nullable String remedy) {

	@Override
	public String toString() {
		return this.severity + " " + this.code.id() + ": " + this.message
				+ ((this.remedy != null) ? "; " + this.remedy : "");
	}

}
