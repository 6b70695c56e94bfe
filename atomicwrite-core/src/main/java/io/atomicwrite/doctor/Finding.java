package io.atomicwrite.doctor;

import org.jspecify.annotations.Nullable;

/**
 * One result of a diagnosis.
 *
 * @param code what was looked at or tried
 * @param severity how much it matters
 * @param message what was found
 * @param remedy what to do about it, or {@code null} if nothing is to be done
 */
public record Finding(FindingCode code, Severity severity, String message, @Nullable String remedy) {

	@Override
	public String toString() {
		return this.severity + " " + this.code.id() + ": " + this.message
				+ ((this.remedy != null) ? "; " + this.remedy : "");
	}

}
