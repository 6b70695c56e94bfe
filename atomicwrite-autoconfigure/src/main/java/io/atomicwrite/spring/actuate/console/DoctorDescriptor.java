package io.atomicwrite.spring.actuate.console;

import java.util.List;

import io.atomicwrite.doctor.DoctorReport;
import io.atomicwrite.doctor.Finding;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * Description of a diagnosis.
 *
 * @param path the directory
 * @param ok whether no error was found
 * @param findings the findings
 */
public record DoctorDescriptor(String path, boolean ok,
		List<FindingDescriptor> findings) implements OperationResponseBody {

	static DoctorDescriptor of(DoctorReport report) {
		return new DoctorDescriptor(report.directory().toString(), report.ok(),
				report.findings().stream().map(FindingDescriptor::of).toList());
	}

	/**
	 * Description of a finding.
	 *
	 * @param code the check, such as {@code free-space}
	 * @param severity its severity
	 * @param message what was found
	 * @param remedy what to do about it, absent if there is nothing to do
	 */
	public record FindingDescriptor(String code, Finding.Severity severity, String message, @Nullable String remedy) {

		static FindingDescriptor of(Finding finding) {
			return new FindingDescriptor(finding.code().id(), finding.severity(), finding.message(), finding.remedy());
		}

	}

}
