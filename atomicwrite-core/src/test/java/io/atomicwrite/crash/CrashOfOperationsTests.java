package io.atomicwrite.crash;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;

import io.atomicwrite.WriteOutcome;
import io.atomicwrite.backup.BackupPolicy;
import io.atomicwrite.checksum.ChecksumAlgorithm;
import io.atomicwrite.checksum.ChecksumPolicy;
import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.crash.CrashRun.Count;
import io.atomicwrite.crash.CrashedDisk.Verdict;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.test.EvidenceRecord.Scope;
import io.atomicwrite.test.crash.CrashFileOps;
import io.atomicwrite.test.crash.CrashImage;
import io.atomicwrite.test.crash.CrashStep.Kind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.atomicwrite.crash.Replacement.options;
import static io.atomicwrite.crash.Replacement.written;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every disk that a crash may leave of an append, an update, a move, a delete, a restore
 * and of the replacement of damaged content.
 */
class CrashOfOperationsTests {

	private static final Path DIRECTORY = Path.of("/d");

	private static final Path ELSEWHERE = Path.of("/e");

	private static final Path TARGET = DIRECTORY.resolve("f.json");

	private static final String OLD = "\"old content\"";

	private static final String NEW = "new content";

	private static final String DAMAGED = "\"bad content\"";

	private static final CrashImage EMPTY = CrashFileOps.empty(DIRECTORY, ELSEWHERE).image();

	private static final ChecksumPolicy SIDECAR = ChecksumPolicy.sidecar(ChecksumAlgorithm.SHA_256);

	private static final ChecksumPolicy ATTRIBUTE = ChecksumPolicy.attribute(ChecksumAlgorithm.SHA_256);

	private static final WriteOptions WITH_SIDECAR = options(SIDECAR, BackupPolicy.none());

	private static final int CASES = 16;

	private static final CrashLane LANE = new CrashLane("crash-operations",
			"append, update, restore, move, delete and writes over damage: a crash after each call, every legal disk",
			"CrashOfOperationsTests");

	@AfterAll
	static void writeRecord() throws IOException {
		if (LANE.isWhole(CASES)) {
			LANE.write(Scope.SLICE);
		}
	}

	private static void assertNothingIsLost(CrashRun run, CrashRun.Check check) {
		assertNothingIsLost(new Trial(run, check));
	}

	private static void assertNothingIsLost(Trial trial) {
		Count count = new Count();
		List<String> violations = trial.run.violations(count, trial.check);
		System.out.println("crash states: " + count);
		LANE.add(count.raw(), count.distinct(), violations.size());
		assertThat(violations).isEmpty();
	}

	@ParameterizedTest
	@EnumSource(names = { "SYNC", "SYNC_DIRECTORY" })
	void aLyingSyncIsFoundOut(Kind dropped) {
		CrashImage before = written(EMPTY, WITH_SIDECAR, TARGET, OLD);
		Path target = DIRECTORY.resolve("g");
		boolean directory = dropped == Kind.SYNC_DIRECTORY;
		CrashRun run = CrashRun.of(before, WITH_SIDECAR,
				(template) -> directory ? template.move(TARGET, target).outcome() == WriteOutcome.DURABLE
						: template.append(TARGET, NEW.getBytes()).outcome() == WriteOutcome.DURABLE,
				dropped);
		Count count = new Count();
		List<String> violations = run.violations(count,
				directory ? (disk, acknowledged) -> wrongMove(disk, acknowledged, target, null)
						: new Replacement(TARGET, WITH_SIDECAR, before, OLD + NEW, Set.of()));
		LANE.control(directory ? "no-directory-sync" : "no-file-sync", count.distinct(), violations.size());
		assertThat(violations).isNotEmpty();
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void append(boolean existing) {
		assertNothingIsLost(append(UnaryOperator.identity(), existing));
	}

	static Trial append(UnaryOperator<FileOps> mutation, boolean existing) {
		CrashImage before = existing ? written(EMPTY, WITH_SIDECAR, TARGET, OLD) : EMPTY;
		return replaces(mutation, before, options(SIDECAR, BackupPolicy.single()),
				(template) -> template.append(TARGET, NEW.getBytes()).outcome() == WriteOutcome.DURABLE);
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void update(boolean existing) {
		CrashImage before = existing ? written(EMPTY, WITH_SIDECAR, TARGET, OLD) : EMPTY;
		assertNothingIsLost(replaces(UnaryOperator.identity(), before, WITH_SIDECAR, (template) -> {
			template.update(TARGET, String.class, (old) -> Objects.requireNonNullElse(old, "none") + NEW);
			return true;
		}));
	}

	@Test
	void restore() {
		assertNothingIsLost(restore(UnaryOperator.identity()));
	}

	static Trial restore(UnaryOperator<FileOps> mutation) {
		WriteOptions options = options(SIDECAR, BackupPolicy.generations());
		CrashImage before = written(EMPTY, options, TARGET, OLD, NEW);
		return replaces(mutation, before, options,
				(template) -> template.restore(TARGET, template.generations(TARGET).get(0))
					.outcome() == WriteOutcome.DURABLE);
	}

	private static Trial replaces(UnaryOperator<FileOps> mutation, CrashImage before, WriteOptions options,
			CrashRun.Operation operation) {
		CrashRun run = CrashRun.of(before, options, mutation, operation);
		String after = Objects.requireNonNull(run.after().text(TARGET));
		String old = Objects.requireNonNullElse(before.text(TARGET), after);
		assertThat(after).isNotEqualTo(before.text(TARGET));
		return new Trial(run, new Replacement(TARGET, options, before, after, new HashSet<>(List.of(OLD, old))));
	}

	@ParameterizedTest
	@CsvSource({ "g, false, NONE", "g, true, NONE", "g, true, SIDECAR", "/e/f.json, false, NONE",
			"/e/f.json, true, NONE", "/e/g, true, SIDECAR" })
	void move(String name, boolean existing, ChecksumPolicy.Mode mode) {
		assertNothingIsLost(move(UnaryOperator.identity(), name, existing, mode));
	}

	static Trial move(UnaryOperator<FileOps> mutation, String name, boolean existing, ChecksumPolicy.Mode mode) {
		Path target = DIRECTORY.resolve(name);
		CrashImage before = written(EMPTY, WITH_SIDECAR, TARGET, OLD);
		if (existing) {
			before = written(before, WITH_SIDECAR, target, "other content");
		}
		WriteOptions options = options(ChecksumPolicy.of(mode, ChecksumAlgorithm.SHA_256), BackupPolicy.none());
		CrashRun run = CrashRun.of(before, options, mutation,
				(template) -> template.move(TARGET, target).outcome() == WriteOutcome.DURABLE);
		String other = before.text(target);
		return new Trial(run, (disk, acknowledged) -> wrongMove(disk, acknowledged, target, other));
	}

	private static @Nullable String wrongMove(CrashedDisk disk, boolean acknowledged, Path target,
			@Nullable String other) {
		String source = disk.text(TARGET);
		String moved = disk.text(target);
		if (source == null && !OLD.equals(moved)) {
			return "lost";
		}
		if ((source != null && !source.equals(OLD)) || (!Objects.equals(moved, other) && !OLD.equals(moved))) {
			return "torn";
		}
		if (acknowledged && (source != null || !OLD.equals(moved))) {
			return "acknowledged and lost";
		}
		for (Path file : List.of(TARGET, target)) {
			if (disk.text(file) != null && disk.verify(file, WITH_SIDECAR) != Verdict.GOOD) {
				return file + " is " + disk.verify(file, WITH_SIDECAR);
			}
		}
		return null;
	}

	@Test
	void delete() {
		assertNothingIsLost(delete(UnaryOperator.identity()));
	}

	static Trial delete(UnaryOperator<FileOps> mutation) {
		CrashImage before = written(EMPTY, WITH_SIDECAR, TARGET, NEW, OLD);
		CrashRun run = CrashRun.of(before, WITH_SIDECAR, mutation, (template) -> template.delete(TARGET).changed());
		return new Trial(run, (disk, acknowledged) -> {
			String found = disk.text(TARGET);
			if (found == null) {
				return null;
			}
			if (acknowledged || !found.equals(OLD)) {
				return "not deleted";
			}
			return (disk.verify(TARGET, WITH_SIDECAR) == Verdict.GOOD) ? null : "not attested";
		});
	}

	@ParameterizedTest
	@CsvSource({ "SIDECAR, SIDECAR", "SIDECAR, NONE", "ATTRIBUTE, ATTRIBUTE", "ATTRIBUTE, NONE" })
	void damageNeverPassesForGood(ChecksumPolicy.Mode former, ChecksumPolicy.Mode mode) {
		damaged(ChecksumPolicy.of(former, ChecksumAlgorithm.SHA_256),
				ChecksumPolicy.of(mode, ChecksumAlgorithm.SHA_256));
	}

	private static void damaged(ChecksumPolicy former, ChecksumPolicy now) {
		CrashImage before = written(EMPTY, options(former, BackupPolicy.none()), TARGET, OLD).withText(TARGET, DAMAGED);
		WriteOptions options = options(now, BackupPolicy.single());
		CrashRun run = CrashRun.of(before, options, Replacement.write(TARGET, NEW));
		assertNothingIsLost(run, (disk, acknowledged) -> wrongOfDamaged(disk, acknowledged, options));
	}

	private static @Nullable String wrongOfDamaged(CrashedDisk disk, boolean acknowledged, WriteOptions options) {
		String found = disk.text(TARGET);
		if (!NEW.equals(found) && (acknowledged || !DAMAGED.equals(found))) {
			return "neither the damaged nor the new content";
		}
		if (disk.verify(TARGET, options) == (NEW.equals(found) ? Verdict.DAMAGED : Verdict.GOOD)) {
			return NEW.equals(found) ? "false alarm" : "damage passes for good";
		}
		for (Path backup : disk.backups()) {
			if (DAMAGED.equals(disk.text(backup)) && disk.verify(backup, options) == Verdict.GOOD) {
				return "damage passes for good in a backup";
			}
		}
		return null;
	}

	/**
	 * A run, and what must hold of each disk that a crash during it may leave.
	 */
	record Trial(CrashRun run, CrashRun.Check check) {

		List<String> violations() {
			return this.run.violations(new Count(), this.check);
		}

	}

}
