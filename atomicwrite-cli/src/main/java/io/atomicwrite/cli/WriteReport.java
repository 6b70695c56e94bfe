package io.atomicwrite.cli;

import java.util.LinkedHashMap;
import java.util.Map;

import io.atomicwrite.core.WriteResult;

/**
 * Reports how a file was written.
 */
final class WriteReport {

	private WriteReport() {
	}

	/**
	 * Reports the warnings, and the rest to those who ask for it.
	 * @param session what the command runs with
	 * @param result the result of the write
	 * @param more what JSON has in addition
	 */
	static void of(Session session, WriteResult result, Map<String, ?> more) {
		Reporter reporter = session.reporter();
		for (String warning : result.warnings()) {
			reporter.warning(session.subject(), warning);
		}
		if (!reporter.reports(Reporter.Level.INFO)) {
			return;
		}
		Map<String, Object> details = new LinkedHashMap<>();
		details.put("file", session.subject());
		details.put("target", result.target());
		details.put("size", result.size());
		details.put("outcome", result.outcome());
		result.version().ifPresent((version) -> details.put("digest", version));
		result.checksum().ifPresent((checksum) -> details.put("checksum", checksum.hex()));
		LossReport.report(reporter, session.subject(), result.metadata(), details);
		details.putAll(more);
		result.backup().ifPresent((path) -> {
			details.put("backup", path);
			reporter.report(Reporter.Level.INFO, "Backup " + path, Map.of("file", session.subject()));
		});
		if (reporter.reports(Reporter.Level.DEBUG)) {
			result.timings()
				.forEach((phase, time) -> reporter.report(Reporter.Level.DEBUG,
						phase + " took " + time.toNanos() / 1000 + " us",
						Map.of("file", session.subject(), "phase", phase)));
		}
		reporter.report(Reporter.Level.INFO, "Written " + session.subject() + ", " + result.size() + " bytes", details);
	}

}
