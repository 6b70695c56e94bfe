package io.atomicwrite.doctor;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

import io.atomicwrite.doctor.Finding.Code;
import io.atomicwrite.doctor.Finding.Severity;
import io.atomicwrite.guarantee.GuaranteeReport;

/**
 * The result of a diagnosis. Immutable.
 *
 * @param directory the directory, or its nearest existing ancestor
 * @param guarantees the guarantees of its filesystem
 * @param findings the findings, in the order of {@link Code}
 */
public record DoctorReport(Path directory, GuaranteeReport guarantees, List<Finding> findings) {

	/**
	 * Creates a report.
	 * @param directory the directory
	 * @param guarantees the guarantees of its filesystem
	 * @param findings the findings
	 */
	public DoctorReport {
		findings = List.copyOf(findings);
	}

	/**
	 * Returns whether no error was found. Checks that were not performed do not count as
	 * errors.
	 * @return whether there is no {@link Severity#ERROR}
	 */
	public boolean ok() {
		return findings(Severity.ERROR).isEmpty();
	}

	/**
	 * Returns the findings of a minimum severity.
	 * @param least the minimum severity
	 * @return the findings
	 */
	public List<Finding> findings(Severity least) {
		return this.findings.stream().filter((finding) -> finding.severity().compareTo(least) >= 0).toList();
	}

	/**
	 * Returns the findings of one check.
	 * @param code the check
	 * @return the findings; more than one only for {@link Code#GUARANTEES}
	 */
	public List<Finding> findings(Code code) {
		return this.findings.stream().filter((finding) -> finding.code() == code).toList();
	}

	/**
	 * Returns the report as text: a line for the directory and one for each finding.
	 * @return the text
	 */
	public String summary() {
		String lines = this.findings.stream().map((finding) -> "\n  " + finding).collect(Collectors.joining());
		return this.directory + " (" + this.guarantees.filesystem().type() + " at "
				+ this.guarantees.filesystem().mountPoint() + "): " + (ok() ? "ok" : "not ok") + lines;
	}

}
