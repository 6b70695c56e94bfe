package io.atomicwrite.spring.directory;

import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.atomicwrite.Guarantee;
import io.atomicwrite.ReadFailedException;
import io.atomicwrite.TargetMissingException;
import io.atomicwrite.core.AtomicFileOperations;
import io.atomicwrite.core.WriteRequirements;
import io.atomicwrite.doctor.DoctorOptions;
import io.atomicwrite.doctor.DoctorReport;
import io.atomicwrite.doctor.Finding;
import io.atomicwrite.doctor.Finding.Code;
import io.atomicwrite.doctor.Finding.Severity;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Probes each step of a write in the managed directories, and fails if a step does not
 * work. This takes about a second per directory, and deletes the files that it creates.
 */
public final class DirectoryProbe {

	private static final Log logger = LogFactory.getLog(DirectoryProbe.class);

	private final ManagedDirectories directories;

	private final AtomicFileOperations operations;

	private final WriteRequirements requirements;

	private final StartupWait startup;

	/**
	 * Creates a probe.
	 * @param directories the directories, which exist
	 * @param operations the operations of the application
	 * @param requirements the requirements of its writes
	 * @param startup waits for the directories
	 */
	public DirectoryProbe(ManagedDirectories directories, AtomicFileOperations operations,
			WriteRequirements requirements, StartupWait startup) {
		this.directories = directories;
		this.operations = operations;
		this.requirements = requirements;
		this.startup = startup;
	}

	/**
	 * Probes all directories.
	 * @throws DirectoryUnavailableException if one can't be read
	 * @throws DirectoryProbeFailedException if a probe finds an error
	 * @throws DirectoryNotAnsweringException if one does not answer in time
	 */
	public void run() {
		this.directories.all().forEach(this::probe);
	}

	private void probe(ManagedDirectory directory) {
		DoctorReport report = this.startup.await(directory, () -> diagnose(directory));
		logger.debug(report.summary());
		List<Finding> failures = select(report.findings().stream(), this::isFailure);
		if (!failures.isEmpty()) {
			throw new DirectoryProbeFailedException(directory, report.guarantees().filesystem(), failures);
		}
		List<Finding> warnings = select(report.findings(Severity.WARNING).stream(), this::isLeftToTheProbe);
		if (!warnings.isEmpty()) {
			logger.warn(about(directory, report) + "was probed with warnings: " + warnings);
		}
		List<Finding> unknown = select(report.findings().stream(),
				(finding) -> finding.severity() == Severity.UNKNOWN && finding.code().needsProbe());
		if (!unknown.isEmpty()) {
			logger.info(about(directory, report) + "was probed, except for: " + unknown);
		}
	}

	private DoctorReport diagnose(ManagedDirectory directory) {
		DoctorOptions.Builder options = DoctorOptions.builder().probe(true);
		this.requirements.options().required().forEach(options::require);
		try {
			return this.operations.diagnose(directory.path(), options.build());
		}
		catch (ReadFailedException | TargetMissingException ex) {
			throw new DirectoryUnavailableException(directory,
					(ex.getCause() instanceof IOException cause) ? cause : new IOException(ex));
		}
	}

	/**
	 * Returns whether a finding is an error. Broken locks are not if no write uses them.
	 */
	private boolean isFailure(Finding finding) {
		return finding.severity() == Severity.ERROR
				&& (finding.code() != Code.LOCK_SECOND_PROCESS || this.requirements.uses(Guarantee.WRITER_EXCLUSION));
	}

	/**
	 * Returns whether to report a warning. Levels that are not required are reported
	 * under the safety policy instead.
	 */
	private boolean isLeftToTheProbe(Finding finding) {
		return finding.code() != Code.GUARANTEES;
	}

	private static List<Finding> select(Stream<Finding> findings, Predicate<Finding> condition) {
		return findings.filter(condition).toList();
	}

	private static String about(ManagedDirectory directory, DoctorReport report) {
		return "Managed directory " + directory.label() + " on " + report.guarantees().filesystem().type() + " ";
	}

}
