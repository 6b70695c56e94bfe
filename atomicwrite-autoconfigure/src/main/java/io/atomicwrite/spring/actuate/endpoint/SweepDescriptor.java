package io.atomicwrite.spring.actuate.endpoint;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import io.atomicwrite.artifact.ArtifactKind;
import io.atomicwrite.maintenance.SweepReport;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * Description of a sweep.
 *
 * @param path the path of the directory
 * @param dryRun whether nothing was changed; {@code removed} then counts what would have
 * been removed
 * @param skipped whether nothing was done because another thread or process was sweeping
 * or recovering the directory
 * @param complete whether it completed
 * @param examined the number of directory entries examined
 * @param removed what was removed, by kind
 * @param alive the number of old staging files that were kept
 * @param young the number of files without a user that were kept because of their age, by
 * kind
 * @param failures the first failures
 * @param failureCount the number of all failures
 * @param elapsed the duration
 */
public record SweepDescriptor(String path, boolean dryRun, boolean skipped, boolean complete, long examined,
		Map<ArtifactKind, RemovedDescriptor> removed, long alive, Map<ArtifactKind, Long> young,
		List<FailureDescriptor> failures, long failureCount, Duration elapsed) implements OperationResponseBody {

	static SweepDescriptor of(SweepReport report) {
		Map<ArtifactKind, RemovedDescriptor> removed = new EnumMap<>(ArtifactKind.class);
		report.removed().forEach((kind, sum) -> removed.put(kind, new RemovedDescriptor(sum.count(), sum.bytes())));
		List<FailureDescriptor> failures = report.failures()
			.stream()
			.map((failure) -> new FailureDescriptor(failure.path().toString(), failure.reason()))
			.toList();
		return new SweepDescriptor(report.directory().toString(), report.dryRun(), report.skipped(), report.complete(),
				report.examined(), removed, report.alive(), report.young(), failures, report.failureCount(),
				report.elapsed());
	}

	/**
	 * Description of what was removed of a kind.
	 *
	 * @param count the number of files
	 * @param bytes their total size in bytes
	 */
	public record RemovedDescriptor(long count, long bytes) {
	}

	/**
	 * Description of a failure.
	 *
	 * @param path the file or directory
	 * @param reason the reason
	 */
	public record FailureDescriptor(String path, String reason) {
	}

}
