package io.atomicwrite.doctor;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import io.atomicwrite.Capability;
import io.atomicwrite.Guarantee;
import io.atomicwrite.GuaranteeLevel;
import io.atomicwrite.doctor.Finding.Code;
import io.atomicwrite.doctor.Finding.Severity;
import io.atomicwrite.fs.IoErrors;
import io.atomicwrite.guarantee.GuaranteeReport;
import org.jspecify.annotations.Nullable;

/**
 * Collects the findings of one diagnosis.
 */
final class Findings {

	private final GuaranteeReport report;

	private final List<Finding> all = new ArrayList<>();

	/**
	 * Creates a collection.
	 * @param report the guarantees according to the matrix
	 */
	Findings(GuaranteeReport report) {
		this.report = report;
	}

	void ok(Code code, String message) {
		add(code, Severity.OK, message, null);
	}

	void info(Code code, String message) {
		add(code, Severity.INFO, message, null);
	}

	void unknown(Code code, String why, @Nullable String remedy) {
		add(code, Severity.UNKNOWN, why, remedy);
	}

	/** Adds a failure. It is less severe if the matrix predicts it. */
	void failed(Code code, String message, String remedy) {
		if (isExpected(code)) {
			add(code, code.failure(), message, remedy);
		}
		else {
			Severity severity = (code.guarantee() != null) ? Severity.WARNING : Severity.INFO;
			add(code, severity, message + ", as expected on " + this.report.filesystem().type(),
					(code.guarantee() != null) ? remedy : null);
		}
	}

	/** Returns whether the matrix predicts success on this filesystem. */
	boolean isExpected(Code code) {
		Capability capability = code.capability();
		Guarantee guarantee = code.guarantee();
		return (capability == null || this.report.capabilities().contains(capability))
				&& (guarantee == null || this.report.level(guarantee).satisfies(GuaranteeLevel.BEST_EFFORT));
	}

	/** Performs a probe and adds its finding. An I/O error counts as a failure. */
	void attempt(Code code, String remedy, Attempt attempt) {
		try {
			ok(code, attempt.run());
		}
		catch (ProbeFailure ex) {
			failed(code, String.valueOf(ex.getMessage()), remedy);
		}
		catch (IOException ex) {
			failed(code, IoErrors.text(ex), remedy);
		}
		catch (UnsupportedOperationException ex) {
			failed(code, "not supported on this platform", remedy);
		}
	}

	void add(Code code, Severity severity, String message, @Nullable String remedy) {
		this.all.add(new Finding(code, severity, message, remedy));
	}

	/** Replaces the findings of a check. */
	void replace(Code code, Severity severity, String message) {
		this.all.removeIf((finding) -> finding.code() == code);
		add(code, severity, message, null);
	}

	boolean has(Code code) {
		return this.all.stream().anyMatch((finding) -> finding.code() == code);
	}

	List<Finding> inOrder() {
		List<Finding> sorted = new ArrayList<>(this.all);
		sorted.sort((one, other) -> one.code().compareTo(other.code()));
		return sorted;
	}

	/** A probe. */
	@FunctionalInterface
	interface Attempt {

		/**
		 * Performs the probe.
		 * @return the message of its finding, if it succeeded
		 * @throws IOException if it failed
		 */
		String run() throws IOException;

	}

	/** A probe whose calls succeeded but whose result was wrong. */
	static final class ProbeFailure extends IOException {

		private static final long serialVersionUID = 1L;

		ProbeFailure(String message) {
			super(message);
		}

	}

}
