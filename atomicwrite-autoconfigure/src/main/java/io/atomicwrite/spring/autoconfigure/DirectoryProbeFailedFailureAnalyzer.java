package io.atomicwrite.spring.autoconfigure;

import io.atomicwrite.doctor.Finding;
import io.atomicwrite.spring.directory.DirectoryProbeFailedException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * A failure analyzer for {@link DirectoryProbeFailedException}.
 */
final class DirectoryProbeFailedFailureAnalyzer extends AbstractFailureAnalyzer<DirectoryProbeFailedException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, DirectoryProbeFailedException cause) {
		String name = cause.directory().name();
		StringBuilder description = new StringBuilder("The managed directory '" + name + "' at "
				+ cause.directory().path() + " is on " + cause.filesystem().type() + " mounted at "
				+ cause.filesystem().mountPoint() + ", which failed the startup probe:");
		for (Finding finding : cause.findings()) {
			description.append(System.lineSeparator()).append("    - ").append(describe(finding));
		}
		String action = "Follow the advice above, or set 'atomicwrite.directories." + name
				+ ".path' to another directory. If you accept that writes there may lose or tear files, set "
				+ "'atomicwrite.startup-check=inspect' to start without the probe.";
		return new FailureAnalysis(description.toString(), action, cause);
	}

	private static String describe(Finding finding) {
		String remedy = finding.remedy();
		return finding.code().id() + ": " + finding.message() + ((remedy != null) ? "; " + remedy : "");
	}

}
