package io.atomicwrite.mounted;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;

import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.guarantee.GuaranteeReport;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/**
 * Reports on mounts that are young: they may be seen a little late, and never later than
 * in a second.
 */
final class Reports {

	private static final Duration LATE = Duration.ofSeconds(1);

	private static final Duration OFTEN = Duration.ofMillis(10);

	private Reports() {
	}

	static GuaranteeReport of(AtomicFileTemplate template, Path mountPoint) {
		return within(() -> template.inspect(mountPoint), mountPoint);
	}

	private static GuaranteeReport within(Callable<GuaranteeReport> report, Path mountPoint) {
		return soon().until(report, (found) -> found.filesystem().mountPoint().equals(mountPoint));
	}

	static ConditionFactory soon() {
		return Awaitility.await().atMost(LATE).pollInterval(OFTEN).pollDelay(Duration.ZERO);
	}

}
