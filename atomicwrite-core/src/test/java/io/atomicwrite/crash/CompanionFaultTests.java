package io.atomicwrite.crash;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.atomicwrite.AtomicWriteException;
import io.atomicwrite.WriteOutcome;
import io.atomicwrite.backup.BackupPolicy;
import io.atomicwrite.checksum.ChecksumAlgorithm;
import io.atomicwrite.checksum.ChecksumPolicy;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.crash.CrashedDisk.Verdict;
import io.atomicwrite.test.Enumerates;
import io.atomicwrite.test.EvidenceTally;
import io.atomicwrite.test.crash.CrashFileOps;
import io.atomicwrite.test.crash.CrashImage;
import io.atomicwrite.test.fault.FaultyFileOps;
import io.atomicwrite.test.fault.FileCall.Op;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static io.atomicwrite.crash.Replacement.options;
import static io.atomicwrite.crash.Replacement.written;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Fails each call of the writes that have checksums and backups: what is reported is
 * true, what was there verifies, and nothing is left behind.
 */
@Enumerates
class CompanionFaultTests {

	@RegisterExtension
	static final EvidenceTally TALLY = new EvidenceTally("companion-faults", "fault sweep",
			"each call of 57 writes, moves and restores with checksums and backups fails, with each error, and after it was done",
			"runs", "CompanionFaultTests");

	private static final Path DIRECTORY = Path.of("/d");

	private static final Path TARGET = DIRECTORY.resolve("f");

	private static final String OLDER = "older content";

	private static final String OLD = "old content";

	private static final String NEW = "new";

	private static final CrashImage EMPTY = CrashFileOps.empty(DIRECTORY).image();

	private static final List<Throwable> FAULTS = List.of(new FileSystemException("f", null, "Input/output error"),
			new IOException("No space left on device"), new AccessDeniedException("f"),
			new OutOfMemoryError("pretended"));

	private static final List<Throwable> RARER_FAULTS = List
		.of(new FileSystemException("f", null, "Operation not supported"), new IllegalStateException("pretended"));

	static Stream<Scenario> scenarios() {
		List<Scenario> scenarios = new ArrayList<>();
		for (ChecksumPolicy.Mode mode : ChecksumPolicy.Mode.values()) {
			ChecksumPolicy checksum = ChecksumPolicy.of(mode, ChecksumAlgorithm.SHA_256);
			for (BackupPolicy backup : List.of(BackupPolicy.none(), BackupPolicy.single(), BackupPolicy.generations(),
					BackupPolicy.generations().with((changes) -> changes.mode(0600)),
					BackupPolicy.single().with((changes) -> changes.mode(0600)),
					BackupPolicy.generations().with((changes) -> changes.keep(1)))) {
				WriteOptions options = options(checksum, backup);
				String with = mode + " " + backup;
				Operation write = (template) -> template.writeString(TARGET, NEW);
				scenarios.add(new Scenario("create " + with, EMPTY, options, write));
				scenarios.add(new Scenario("replace " + with,
						written(EMPTY, options(checksum, BackupPolicy.none()), TARGET, OLD), options, write));
				scenarios.add(new Scenario("replace again " + with, written(EMPTY, options, TARGET, OLDER, OLD),
						options, write));
			}
		}
		WriteOptions options = options(ChecksumPolicy.sidecar(ChecksumAlgorithm.SHA_256), BackupPolicy.generations());
		CrashImage source = written(EMPTY, options, DIRECTORY.resolve("source"), NEW);
		Operation move = (template) -> template.move(DIRECTORY.resolve("source"), TARGET);
		scenarios.add(new Scenario("move", source, options, move));
		scenarios.add(new Scenario("move over a file", written(source, options, TARGET, OLD), options, move));
		scenarios.add(new Scenario("restore", written(EMPTY, options, TARGET, NEW, OLD), options,
				(template) -> template.restore(TARGET, template.generations(TARGET).get(0))));
		return scenarios.stream();
	}

	@ParameterizedTest
	@MethodSource("scenarios")
	void everyCallFailsOnce(Scenario scenario) {
		assertNothingIsViolated(scenario, FAULTS);
	}

	@ParameterizedTest
	@MethodSource("scenarios")
	@Tag("slow")
	void everyCallFailsOnceInARarerWay(Scenario scenario) {
		assertNothingIsViolated(scenario, RARER_FAULTS);
	}

	private static void assertNothingIsViolated(Scenario scenario, List<Throwable> faults) {
		Map<String, String> violations = new LinkedHashMap<>();
		int runs = 0;
		for (Throwable fault : faults) {
			runs += sweep(scenario, fault, false, violations);
		}
		runs += sweep(scenario, faults.get(0), true, violations);
		TALLY.add(runs);
		assertThat(violations.values()).isEmpty();
	}

	private static int sweep(Scenario scenario, Throwable fault, boolean afterwards, Map<String, String> violations) {
		boolean hit = true;
		int nth = 0;
		while (hit) {
			nth++;
			CrashFileOps disk = new CrashFileOps(scenario.before);
			FaultyFileOps files = new FaultyFileOps(disk);
			if (afterwards) {
				files.afterwards();
			}
			List<String> failed = new ArrayList<>();
			files.fail((call) -> {
				// cleaning up has its own test
				boolean counts = call.op() != Op.DELETE && call.op() != Op.MOUNT;
				if (counts) {
					failed.add(call.toString());
				}
				return counts;
			}, nth, fault);
			try (AtomicFileTemplate template = CrashedDisk.writer(files, scenario.options)) {
				Throwable thrown = run(scenario, template);
				hit = files.hit();
				files.heal();
				String wrong = wrong(scenario, disk.image(), thrown, afterwards && hit);
				if (wrong != null) {
					String call = (failed.size() >= nth) ? failed.get(nth - 1) : "-";
					violations.putIfAbsent(wrong + call.replaceAll("[0-9a-f]{16}", ""), wrong + " [" + call + " #" + nth
							+ " " + fault + (afterwards ? " afterwards" : "") + " -> " + thrown + "] " + disk.image());
				}
				template.writeString(TARGET, "after");
			}
			String later = wrongChecksums(new CrashedDisk(disk.image()), scenario.options);
			if (later != null) {
				violations.putIfAbsent(later, later + " after the next write: " + disk.image());
			}
		}
		return nth;
	}

	private static @Nullable Throwable run(Scenario scenario, AtomicFileTemplate template) {
		try {
			scenario.operation.run(template);
			return null;
		}
		catch (RuntimeException | OutOfMemoryError ex) {
			return ex;
		}
	}

	private static @Nullable String wrong(Scenario scenario, CrashImage now, @Nullable Throwable thrown,
			boolean leftoversExcused) {
		String old = scenario.before.text(TARGET);
		String found = now.text(TARGET);
		WriteOutcome outcome = (thrown instanceof AtomicWriteException ex) ? ex.outcome() : null;
		boolean renewed = NEW.equals(found);
		if (!renewed && (found != null ? !found.equals(old) : old != null)) {
			return "neither old nor new";
		}
		if ((thrown == null || outcome == WriteOutcome.VISIBLE_NOT_DURABLE) && !renewed) {
			return "reported and not written";
		}
		if (outcome == WriteOutcome.NOT_COMMITTED && renewed) {
			return "written and not reported";
		}
		if (!leftoversExcused && !renewed && !now.names().keySet().equals(scenario.before.names().keySet())) {
			return "left behind";
		}
		if (!leftoversExcused && now.names().keySet().stream().anyMatch(CrashedDisk::isStaging)) {
			return "staging file left behind";
		}
		return wrongChecksums(new CrashedDisk(now), scenario.options);
	}

	private static @Nullable String wrongChecksums(CrashedDisk disk, WriteOptions options) {
		List<Path> files = new ArrayList<>(disk.backups());
		if (disk.text(TARGET) != null) {
			files.add(TARGET);
		}
		for (Path file : files) {
			if (disk.verify(file, options) == Verdict.DAMAGED) {
				return "false alarm of " + file;
			}
		}
		return null;
	}

	private interface Operation {

		void run(AtomicFileTemplate template);

	}

	private record Scenario(String name, CrashImage before, WriteOptions options, Operation operation) {

		@Override
		public String toString() {
			return this.name;
		}

	}

}
