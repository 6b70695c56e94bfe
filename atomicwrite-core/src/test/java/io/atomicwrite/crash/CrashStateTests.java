package io.atomicwrite.crash;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import io.atomicwrite.backup.BackupPolicy;
import io.atomicwrite.checksum.ChecksumAlgorithm;
import io.atomicwrite.checksum.ChecksumPolicy;
import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.crash.CrashRun.Count;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.test.EvidenceRecord.Scope;
import io.atomicwrite.test.crash.CrashFileOps;
import io.atomicwrite.test.crash.CrashImage;
import io.atomicwrite.test.crash.CrashStates.State;
import io.atomicwrite.test.crash.CrashStep;
import io.atomicwrite.test.crash.CrashStep.Kind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static io.atomicwrite.crash.Replacement.options;
import static io.atomicwrite.crash.Replacement.write;
import static io.atomicwrite.crash.Replacement.written;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every disk that a crash during a write may leave is old or new, whole, attested where
 * it was, and has its backup.
 */
class CrashStateTests {

	private static final Path DIRECTORY = Path.of("/d");

	private static final Path TARGET = DIRECTORY.resolve("f");

	private static final String OLDER = "older content, in three pieces";

	private static final String OLD = "old content of another length";

	private static final String NEW = "new content";

	private static final String THIRD = "third content, which comes after a crash";

	private static final CrashImage EMPTY = CrashFileOps.empty(DIRECTORY).image();

	private static final ChecksumPolicy SIDECAR = ChecksumPolicy.sidecar(ChecksumAlgorithm.SHA_256);

	private static final ChecksumPolicy ATTRIBUTE = ChecksumPolicy.attribute(ChecksumAlgorithm.SHA_256);

	private static final List<ChecksumPolicy> CHECKSUMS = List.of(ChecksumPolicy.none(), SIDECAR, ATTRIBUTE);

	private static final List<BackupPolicy> BACKUPS = List.of(BackupPolicy.none(), BackupPolicy.single(),
			BackupPolicy.generations(), BackupPolicy.single().with((changes) -> changes.directory(Path.of("old"))),
			BackupPolicy.generations().with((changes) -> changes.mode(0600)),
			BackupPolicy.generations().with((changes) -> changes.keep(1)));

	private static final CrashLane ONCE = lane("crash-states", "the machine crashes during a write");

	private static final CrashLane TWICE = lane("crash-states-twice",
			"the machine crashes during a write, and again during the next");

	private static CrashLane lane(String name, String what) {
		return new CrashLane(name,
				what + ": every checksum, backup and content before, a crash after each call, every legal disk",
				"CrashStateTests");
	}

	@AfterAll
	static void writeRecords() throws IOException {
		for (CrashLane lane : List.of(ONCE, TWICE)) {
			if (lane.isWhole(cases().count())) {
				lane.write(Scope.SLICE);
			}
		}
	}

	static Stream<Case> cases() {
		List<Case> cases = new ArrayList<>();
		for (BackupPolicy backup : BACKUPS) {
			for (ChecksumPolicy checksum : CHECKSUMS) {
				WriteOptions options = options(checksum, backup);
				cases.add(new Case("create", EMPTY, options));
				cases.add(new Case("replace", written(EMPTY, options, TARGET, OLD), options));
				cases.add(new Case("replace again", written(EMPTY, options, TARGET, OLDER, OLD), options));
				for (ChecksumPolicy former : CHECKSUMS) {
					if (former != checksum) {
						CrashImage before = written(EMPTY, options(former, BackupPolicy.none()), TARGET, OLDER, OLD);
						cases.add(new Case("replace what was " + former.mode(), before, options));
					}
				}
			}
		}
		return cases.stream();
	}

	@ParameterizedTest
	@MethodSource("cases")
	void aCrashLeavesOldOrNewWithItsChecksumAndItsBackup(Case given) {
		Count count = new Count();
		List<String> violations = given.run().violations(count, given.check());
		System.out.println("crash states, " + given + ": " + count);
		ONCE.add(count.raw(), count.distinct(), violations.size());
		assertThat(violations).isEmpty();
	}

	@ParameterizedTest
	@MethodSource("cases")
	void aSecondCrashDoesNotEither(Case given) {
		Set<CrashImage> first = new LinkedHashSet<>();
		for (State state : given.run().states(new Count()).keySet()) {
			first.add(state.image());
		}
		Count count = new Count();
		List<String> violations = new ArrayList<>();
		for (CrashImage image : first) {
			CrashRun run = CrashRun.of(image, given.options, write(TARGET, THIRD));
			Check again = new Check(given.options, image, THIRD);
			violations.addAll(run.violations(count, again.allowing(OLDER, OLD, NEW)));
		}
		System.out.println("crash states, " + given + ", crashed before in " + first.size() + " ways: " + count);
		TWICE.add(count.raw(), count.distinct(), violations.size());
		assertThat(violations).isEmpty();
	}

	@ParameterizedTest
	@EnumSource(names = { "SYNC", "WRITE_OUT", "SYNC_DIRECTORY" })
	void aLyingSyncIsFoundOut(Kind dropped) {
		Case given = new Case("replace", written(EMPTY, options(SIDECAR, BackupPolicy.none()), TARGET, OLD),
				options(SIDECAR, BackupPolicy.none()));
		Count count = new Count();
		List<String> violations = given.run(dropped).violations(count, given.check());
		control(CrashRun.without(dropped), count, violations);
		assertThat(violations).anyMatch((text) -> text.startsWith("false alarm"));
		assertThat(violations)
			.anyMatch((text) -> text.startsWith((dropped != Kind.SYNC_DIRECTORY) ? "torn" : "acknowledged and lost"));
	}

	@Test
	void aCommitBeforeItsSidecarIsFoundOut() {
		Case given = new Case("replace", written(EMPTY, options(SIDECAR, BackupPolicy.none()), TARGET, OLD),
				options(SIDECAR, BackupPolicy.none()));
		CrashRun run = given.run().reordered((before, steps) -> commitFirst(steps));
		Count count = new Count();
		List<String> violations = run.violations(count, given.check());
		control("the commit before its sidecar", count, violations);
		assertThat(violations).anyMatch((text) -> text.startsWith("false alarm"));
	}

	@Test
	void aJournalThatDoesNotKeepTheOrderIsFoundOut() {
		WriteOptions options = options(SIDECAR, BackupPolicy.single());
		Case given = new Case("replace again", written(EMPTY, options, TARGET, OLDER, OLD), options);
		CrashRun run = given.run().mistaken();
		Count count = new Count();
		List<String> violations = run.violations(count, given.check());
		control("names out of order", count, violations);
		assertThat(violations).anyMatch((text) -> text.startsWith("false alarm"))
			.anyMatch((text) -> text.startsWith("no backup"));
	}

	@Test
	void aBackupAfterTheCommitIsFoundOut() {
		WriteOptions options = options(ChecksumPolicy.none(), BackupPolicy.single());
		Case given = new Case("replace", written(EMPTY, options, TARGET, OLD), options);
		CrashRun run = given.run().reordered((before, steps) -> commitFirst(steps));
		Count count = new Count();
		List<String> violations = run.violations(count, given.check());
		control("the backup after the commit", count, violations);
		assertThat(violations).anyMatch((text) -> text.startsWith("no backup"));
	}

	private static void control(String broken, Count count, List<String> violations) {
		ONCE.control(broken, count.distinct(), violations.size());
		TWICE.control(broken, count.distinct(), violations.size());
	}

	/** The rename of the target right after its content is settled. */
	private static List<CrashStep> commitFirst(List<CrashStep> steps) {
		List<CrashStep> order = new ArrayList<>(steps);
		CrashStep commit = steps.stream()
			.filter((step) -> step.kind() == Kind.RENAME && TARGET.equals(step.other()))
			.findFirst()
			.orElseThrow();
		order.remove(commit);
		for (int i = 0; i < order.size(); i++) {
			if (order.get(i).kind() == Kind.SYNC || order.get(i).kind() == Kind.WRITE_OUT) {
				order.add(i + 1, commit);
				return order;
			}
		}
		throw new AssertionError("no sync in " + steps);
	}

	private record Check(WriteOptions options, CrashImage before, String after) {

		Replacement allowing(String... backups) {
			Set<String> all = new HashSet<>(List.of(backups));
			return new Replacement(TARGET, this.options, this.before, this.after, all);
		}

	}

	/**
	 * A write over something.
	 */
	record Case(String name, CrashImage before, WriteOptions options) {

		CrashRun run(Kind... dropped) {
			return CrashRun.of(this.before, this.options, write(TARGET, NEW), dropped);
		}

		CrashRun run(UnaryOperator<FileOps> mutation) {
			return CrashRun.of(this.before, this.options, mutation, write(TARGET, NEW));
		}

		Replacement check() {
			return new Check(this.options, this.before, NEW).allowing(OLDER, OLD);
		}

		@Override
		public String toString() {
			BackupPolicy backup = this.options.backup();
			String kind = !backup.enabled() ? "no backup"
					: (backup.timestamped() ? "generations" : "single")
							+ Objects.requireNonNullElse(backup.directory(), "")
							+ ((backup.mode() != null) ? " copied" : "") + ((backup.keep() != null) ? " pruned" : "");
			return this.name + ", " + this.options.checksum().mode() + ", " + kind;
		}

	}

}
