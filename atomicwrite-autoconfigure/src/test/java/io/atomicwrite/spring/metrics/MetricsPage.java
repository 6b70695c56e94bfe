package io.atomicwrite.spring.metrics;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.atomicwrite.LockNotAcquiredException;
import io.atomicwrite.WritePhase;
import io.atomicwrite.artifact.ArtifactKind;
import io.atomicwrite.spring.directory.FailureReason;
import io.atomicwrite.spring.housekeeping.SweepOutcome;
import io.micrometer.common.docs.KeyName;
import io.micrometer.core.instrument.Meter.Type;
import io.micrometer.observation.Observation;

/**
 * Writes the reference page of metrics and observations.
 */
final class MetricsPage {

	private static final Map<FailureReason, String> REASONS = Map.ofEntries(
			Map.entry(FailureReason.NO_SPACE,
					"no space, no inode or no quota is left, wherever that stopped the write"),
			Map.entry(FailureReason.READ_ONLY, "the filesystem takes no changes"),
			Map.entry(FailureReason.PERMISSION, "a permission, an attribute or an owner stands against it"),
			Map.entry(FailureReason.LOCK_TIMEOUT, "someone else held the lock for as long as the write could wait"),
			Map.entry(FailureReason.LOCK_BUSY, "someone else held the lock, and the write did not wait"),
			Map.entry(FailureReason.LOCK_LOST, "the lock was lost before the commit"),
			Map.entry(FailureReason.UNSUPPORTED,
					"the filesystem can't do what the write needs, or promises too little"),
			Map.entry(FailureReason.CONFLICT, "the target exists, or has changed since it was read"),
			Map.entry(FailureReason.FORMAT, "a value could not be encoded, or a file not decoded"),
			Map.entry(FailureReason.CHECKSUM, "a file does not have its checksum, or has none"),
			Map.entry(FailureReason.DEVICE,
					"the device or server failed or does not answer, or the filesystem is not mounted any more"),
			Map.entry(FailureReason.OTHER, "anything else, such as a wrong path or an interrupt"));

	private static final String HEAD = """
			# Metrics and observations

			To see them: add `spring-boot-starter-actuator` and a registry such as `micrometer-registry-prometheus`, and expose the endpoint `prometheus`.
			This page is generated from `AtomicWriteMeterDocumentation` and `AtomicWriteObservationDocumentation`, which other programs can read too.

			All series exist from the start of the application, with the value 0: the first failure increments a counter that Prometheus knows.
			Only two timers have outcomes that appear with the first write or wait that ends so: `atomicwrite.write` those other than `durable`, and
			`atomicwrite.lock.wait` those other than `acquired`. `atomicwrite.write.failures` counts the same failures from the start.
			A state is never NaN: what is not known, because the directory does not answer, counts as the worst. A number keeps its last value then.
			A scrape does no I/O. It has what the last look in the background found, and begins another look where that is old
			(a second for states, 30 seconds for counts of files and for space).

			In Prometheus the names have underscores in the place of dots, and the unit or `_total` at the end: `atomicwrite_lock_wait_seconds`.

			A directory has %d meters, which are %d series in Prometheus: a timer is three of them (count, sum, maximum). Counted are the series with one
			value of the label `directory` in a scrape of an application with default properties. A directory of backups of its own adds two, and each
			outcome that has appeared three. The number does not grow with files or writes. What has no label `directory` is there once: phases, holds of
			locks, and what sweeps removed.

			""";

	private static final String OBSERVATIONS = """
			## Observations

			Where Spring Boot has an `ObservationRegistry` with handlers, each write, move and delete is an observation `%s` with the contextual name
			`write file`, `move file` or `delete file`. Micrometer times it under the same name and with the same tags as without observations.
			`management.observations.enable.atomicwrite.write=false` switches the observation off; the timer stays.

			""";

	private static final String CONVENTIONS = """

			The file is absent with `atomicwrite.observation.include-file=false`. To change names and keys, provide a bean of the type
			`AtomicWriteObservationConvention`, or register a `GlobalObservationConvention` that supports `AtomicWriteObservationContext`. The keys
			`outcome` and `exception` are known only when the write has ended.

			Phases are events, with the time at which each began: %s. A write that failed has one event,
			for the phase that failed. Events are made only where something other than meters observes, such as a tracer.

			Timers have exemplars where the Prometheus registry has a `SpanContext`, as with Spring Boot's tracing: each bucket and count carries the
			trace of a write.

			## A histogram of writes

			`management.metrics.distribution.percentiles-histogram.atomicwrite.write=true` touches writes alone. Spring Boot takes a name for a prefix; no other
			timer has this one. Phases are `atomicwrite.phase`, sizes `atomicwrite.content.size`. The mean size of a file is
			`rate(atomicwrite_content_size_bytes_total)` divided by the rate of writes.

			Micrometer's timer of observations under way, `atomicwrite.write.active`, is not registered: `atomicwrite.write.oldest` says which directory
			has a write that takes long, by one series.
			""";

	String text() {
		StringBuilder page = new StringBuilder(HEAD.formatted(meters(), series()));
		section(page, "Writes and reads", "atomicwrite.write", "atomicwrite.content", "atomicwrite.phase",
				"atomicwrite.warnings", "atomicwrite.reads", "atomicwrite.checksum");
		reasons(page);
		section(page, "Locks", "atomicwrite.lock");
		section(page, "Directories", "atomicwrite.directory", "atomicwrite.guarantee", "atomicwrite.staging",
				"atomicwrite.orphan", "atomicwrite.backups");
		section(page, "Housekeeping", "atomicwrite.housekeeping");
		section(page, "Documents", "atomicwrite.document");
		section(page, "Publications", "atomicwrite.publication");
		tags(page);
		observations(page);
		return page.toString();
	}

	private static void section(StringBuilder page, String title, String... prefixes) {
		page.append("## ").append(title).append("\n\n");
		page.append("| Meter | Prometheus adds | Tags | What it is |\n|---|---|---|---|\n");
		for (AtomicWriteMeterDocumentation meter : AtomicWriteMeterDocumentation.values()) {
			if (Stream.of(prefixes).anyMatch((prefix) -> meter.getName().startsWith(prefix))) {
				page.append("| `%s` | %s | %s | %s |\n".formatted(meter.getName(), suffix(meter),
						keys(meter.getKeyNames()), meter.description()));
			}
		}
		page.append('\n');
	}

	/** As the naming convention of the Prometheus registry has it. */
	private static String suffix(AtomicWriteMeterDocumentation meter) {
		String unit = meter.getBaseUnit();
		if (unit != null) {
			return "`_" + unit + "`";
		}
		return (meter.getType() == Type.COUNTER) ? "`_total`" : "nothing";
	}

	private static String keys(KeyName[] keys) {
		return Arrays.stream(keys).map((key) -> "`" + key.asString() + "`").collect(Collectors.joining(", "));
	}

	private static void reasons(StringBuilder page) {
		page.append("The reasons of `atomicwrite.write.failures`:\n\n| Reason | Meaning |\n|---|---|\n");
		for (FailureReason reason : FailureReason.values()) {
			page.append("| `%s` | %s |\n".formatted(reason.text(), REASONS.get(reason)));
		}
		page.append('\n');
	}

	private static void tags(StringBuilder page) {
		page.append("## Tags\n\n| Tag | Meaning |\n|---|---|\n");
		for (MeterTag tag : MeterTag.values()) {
			page.append("| `%s` | %s |\n".formatted(tag.asString(), tag.description()));
		}
		page.append(
				"\nOutcomes: of writes `durable`, `visible_not_durable`, `unchanged`, `not_committed`, `indeterminate`, `discarded`;\n"
						+ "of reads " + values(DirectoryMeters.Read.values()) + "; of waits `acquired`, "
						+ values(LockNotAcquiredException.Reason.TIMEOUT, LockNotAcquiredException.Reason.BUSY,
								LockNotAcquiredException.Reason.INTERRUPTED)
						+ ";\nof sweeps " + values(SweepOutcome.values()) + ".\nPhases: " + values(WritePhase.values())
						+ ".\nKinds: " + values(ArtifactKind.values()) + ".\n\n");
	}

	private static String values(Enum<?>... constants) {
		return Arrays.stream(constants)
			.map((constant) -> "`" + constant.name().toLowerCase(Locale.ROOT) + "`")
			.collect(Collectors.joining(", "));
	}

	private static void observations(StringBuilder page) {
		AtomicWriteObservationDocumentation write = AtomicWriteObservationDocumentation.WRITE;
		page.append(OBSERVATIONS.formatted(AtomicWriteMeterDocumentation.WRITE.getName()));
		page.append("| Key | Cardinality | Meaning |\n|---|---|---|\n");
		for (KeyName key : write.getLowCardinalityKeyNames()) {
			page.append("| `%s` | low | %s |\n".formatted(key.asString(),
					MeterTag.valueOf(key.asString().toUpperCase(Locale.ROOT)).description()));
		}
		List<String> high = Arrays.stream(write.getHighCardinalityKeyNames()).map(KeyName::asString).toList();
		high.forEach((key) -> page
			.append("| `%s` | high | the target as the caller named it, an absolute path |\n".formatted(key)));
		page.append(CONVENTIONS.formatted(Arrays.stream(write.getEvents())
			.map(Observation.Event::getName)
			.limit(3)
			.map((name) -> "`" + name + "`")
			.collect(Collectors.joining(", ", "", " and so on"))));
	}

	private static int meters() {
		return ScrapeTests.METERS_OF_A_DIRECTORY;
	}

	private static int series() {
		return ScrapeTests.SERIES_OF_A_DIRECTORY;
	}

}
