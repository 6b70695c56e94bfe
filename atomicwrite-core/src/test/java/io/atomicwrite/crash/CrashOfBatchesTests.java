package io.atomicwrite.crash;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import io.atomicwrite.backup.BackupPolicy;
import io.atomicwrite.checksum.ChecksumAlgorithm;
import io.atomicwrite.checksum.ChecksumPolicy;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.Batch;
import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.crash.CrashRun.Count;
import io.atomicwrite.crash.CrashedDisk.Verdict;
import io.atomicwrite.test.EvidenceRecord.Scope;
import io.atomicwrite.test.crash.CrashFileOps;
import io.atomicwrite.test.crash.CrashImage;
import io.atomicwrite.test.crash.CrashStep.Kind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static io.atomicwrite.crash.Replacement.options;
import static io.atomicwrite.crash.Replacement.written;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every disk that a crash during a batch may leave has each file old or new, whole and
 * attested, and all of them new once the batch has returned. The syncs run after all
 * contents are written, which leaves the most to the crash.
 */
class CrashOfBatchesTests {

	private static final Path DIRECTORY = Path.of("/d");

	private static final List<Path> TARGETS = List.of(DIRECTORY.resolve("a"), DIRECTORY.resolve("b"),
			DIRECTORY.resolve("c"));

	private static final String OLD = "old content of another length";

	private static final CrashImage EMPTY = CrashFileOps.empty(DIRECTORY, Path.of("/e")).image();

	private static final int CASES = 6;

	private static final CrashLane LANE = new CrashLane("crash-batches",
			"batches of two and three files: a crash after each call, every legal disk", "CrashOfBatchesTests");

	@AfterAll
	static void writeRecord() throws IOException {
		if (LANE.isWhole(CASES)) {
			LANE.write(Scope.SLICE);
		}
	}

	@ParameterizedTest
	@CsvSource({ "3, false, NONE, false", "3, true, NONE, false", "3, true, NONE, true", "2, true, ATTRIBUTE, false",
			"2, true, SIDECAR, false", "2, false, SIDECAR, true" })
	void aCrashLeavesEachFileOldOrNew(int count, boolean existing, ChecksumPolicy.Mode mode, boolean together) {
		WriteOptions options = options(ChecksumPolicy.of(mode, ChecksumAlgorithm.SHA_256), BackupPolicy.none());
		CrashImage before = before(options, existing ? count : 0);
		Count states = new Count();
		List<String> violations = CrashRun.of(before, options, (template) -> writeAll(template, count, together))
			.violations(states, (disk, acknowledged) -> wrong(disk, acknowledged, before, count, options));
		System.out.println("crash states of a batch: " + states);
		LANE.add(states.raw(), states.distinct(), violations.size());
		assertThat(violations).isEmpty();
	}

	@ParameterizedTest
	@EnumSource(names = { "SYNC", "WRITE_OUT", "SYNC_DIRECTORY" })
	void aLyingSyncIsFoundOut(Kind dropped) {
		WriteOptions options = options(ChecksumPolicy.none(), BackupPolicy.none());
		CrashImage before = before(options, 2);
		Count states = new Count();
		List<String> violations = CrashRun.of(before, options, (template) -> writeAll(template, 2, false), dropped)
			.violations(states, (disk, acknowledged) -> wrong(disk, acknowledged, before, 2, options));
		LANE.control(CrashRun.without(dropped), states.distinct(), violations.size());
		assertThat(violations)
			.anyMatch((text) -> text.startsWith((dropped != Kind.SYNC_DIRECTORY) ? "torn" : "acknowledged and lost"));
	}

	private static CrashImage before(WriteOptions options, int count) {
		CrashImage image = EMPTY;
		for (Path target : TARGETS.subList(0, count)) {
			image = written(image, options, target, OLD);
		}
		return image;
	}

	private static String content(Path target) {
		return "new " + target.getFileName();
	}

	private static boolean writeAll(AtomicFileTemplate template, int count, boolean together) {
		Batch.Builder batch = Batch.builder().syncsInFlight(1);
		TARGETS.subList(0, count).forEach((target) -> batch.add(target, content(target).getBytes()));
		return template.writeAll((together ? batch.allOrNothing() : batch).build()).durable();
	}

	private static @Nullable String wrong(CrashedDisk disk, boolean acknowledged, CrashImage before, int count,
			WriteOptions options) {
		for (Path target : TARGETS.subList(0, count)) {
			String found = disk.text(target);
			String old = before.text(target);
			if (found != null && !found.equals(old) && !found.equals(content(target))) {
				return "torn: " + target;
			}
			if (found == null && old != null) {
				return "lost: " + target;
			}
			if (acknowledged && !content(target).equals(found)) {
				return "acknowledged and lost: " + target;
			}
			if (found != null && options.checksum().mode() != ChecksumPolicy.Mode.NONE
					&& disk.verify(target, options) != Verdict.GOOD) {
				return "false alarm: " + target;
			}
		}
		return null;
	}

}
