package io.atomicwrite.doctor;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

import io.atomicwrite.guarantee.GuaranteeReport;

/**
 * What the doctor found in a directory.
 *
 * @param directory the directory, or the nearest that exists
 * @param guarantees what is known of its filesystem
 * @param findings what was found, in the order in which it was looked at
 */
public record DoctorReport(Path directory, GuaranteeReport guarantees, List<Finding> findings) {

	/**
	 * Creates a report.
	 * @param directory the directory
	 * @param guarantees what is known of its filesystem
	 * @param findings what was found
	 */
	public DoctorReport {
		findings = List.copyOf(findings);
	}

	/**
	 * Returns whether nothing is wrong. What was not tried does not count.
	 * @return whether there is no {@link Severity#ERROR}
	 */
	public boolean ok() {
		return findings(Severity.ERROR).isEmpty();
	}

	/**
	 * Returns the findings of at least some severity.
	 * @param least the severity
	 * @return the findings
	 */
	public List<Finding> findings(Severity least) {
		return this.findings.stream().filter((finding) -> finding.severity().compareTo(least) >= 0).toList();
	}

	/**
	 * Returns the findings about one thing.
	 * @param code what was looked at
	 * @return the findings; more than one only of {@link FindingCode#GUARANTEES}
	 */
	public List<Finding> findings(FindingCode code) {
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
