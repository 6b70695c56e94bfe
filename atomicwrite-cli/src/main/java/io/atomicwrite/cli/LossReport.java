package io.atomicwrite.cli;

import java.util.List;
import java.util.Map;

import io.atomicwrite.core.MetadataReport;
import io.atomicwrite.core.MetadataReport.Kind;

/**
 * Says what of the old file is not on the new one: a line for each kind, and two members
 * of the JSON object of the whole write.
 */
final class LossReport {

	private LossReport() {
	}

	static void report(Reporter reporter, String subject, MetadataReport metadata, Map<String, Object> details) {
		metadata.notCarried()
			.forEach((kind, why) -> reporter.report(Reporter.Level.INFO, "Lost: " + kind.text() + " (" + why + ")",
					Map.of("file", subject, "kind", kind)));
		List<Kind> unseen = metadata.notExamined().stream().sorted().toList();
		if (!unseen.isEmpty()) {
			reporter.report(Reporter.Level.INFO,
					"Not examined: " + String.join(", ", unseen.stream().map(Kind::text).toList()),
					Map.of("file", subject));
		}
		details.put("notCarried", metadata.notCarried());
		details.put("notExamined", unseen);
	}

}
