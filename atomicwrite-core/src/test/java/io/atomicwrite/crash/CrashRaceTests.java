package io.atomicwrite.crash;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.atomicwrite.backup.BackupPolicy;
import io.atomicwrite.checksum.ChecksumAlgorithm;
import io.atomicwrite.checksum.ChecksumPolicy;
import io.atomicwrite.checksum.ChecksumPolicy.Mode;
import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.crash.Race.Entry;
import io.atomicwrite.lock.LockRequest;
import io.atomicwrite.test.Enumerates;
import io.atomicwrite.test.EvidenceRecord.Scope;
import io.atomicwrite.test.crash.CrashFileOps;
import io.atomicwrite.test.crash.CrashImage;
import io.atomicwrite.test.crash.CrashStep.Kind;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static io.atomicwrite.crash.Replacement.written;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two writers race for one target, or for two in one directory, and the machine crashes:
 * each target is what it was or what one of them wrote, whole, and not older than what
 * was acknowledged; with a lease it verifies and has its backup; recovery and a sweep
 * leave it and take the rest away.
 */
@Enumerates
class CrashRaceTests {

	private static final Path DIRECTORY = Path.of("/d");

	private static final Path TARGET = DIRECTORY.resolve("f");

	private static final Path NEIGHBOUR = DIRECTORY.resolve("g");

	private static final String OLD = "old";

	private static final CrashImage EMPTY = CrashFileOps.empty(DIRECTORY).image();

	private static final List<BackupPolicy> BACKUPS = List.of(BackupPolicy.none(), BackupPolicy.single(),
			BackupPolicy.generations());

	@Test
	void aCrashDuringARaceLosesNothing() throws IOException {
		CrashLane lane = lane("crash-races", "one target, and of two in one directory, with leases", 1);
		List<Case> cases = cases(true).stream()
			.filter((one) -> one.before == Before.OLD && one.mode != Mode.NONE
					&& (one.other.equals(TARGET) ? one.backup != BACKUPS.get(1) : one.backup == BACKUPS.get(0)))
			.toList();
		cases.forEach((one) -> explore(one, 1, lane));
		controls(lane);
		lane.write(Scope.SLICE);
	}

	@Test
	@Tag("slow")
	void aCrashDuringAnyRaceLosesNothing() throws IOException {
		CrashLane lane = lane("crash-races", "one target, and of two in one directory, with leases", 2);
		cases(true).forEach((one) -> explore(one, 2, lane));
		controls(lane);
		lane.write(Scope.LONG);
	}

	@Test
	void withoutALeaseContentsAreWholeAndAttributesHonest() throws IOException {
		CrashLane lane = lane("crash-races-unlocked", "one target without leases", 1);
		List<Case> cases = cases(false).stream()
			.filter((one) -> one.before == Before.OLD
					&& one.backup == ((one.mode == Mode.NONE) ? BACKUPS.get(1) : BACKUPS.get(0)))
			.toList();
		cases.forEach((one) -> explore(one, 1, lane));
		brokenDisks(lane, cases.get(0));
		lane.write(Scope.SLICE);
	}

	@Test
	@Tag("slow")
	void withoutALeaseAnyRaceLeavesContentsWholeAndAttributesHonest() throws IOException {
		CrashLane lane = lane("crash-races-unlocked", "one target without leases", 2);
		List<Case> cases = cases(false);
		cases.forEach((one) -> explore(one, 2, lane));
		brokenDisks(lane, cases.get(0));
		lane.write(Scope.LONG);
	}

	/** What {@code docs/concepts/integrity.md} does not promise does happen. */
	@Test
	void withoutALeaseTheSidecarMayBeThatOfTheOther() {
		for (Mode mode : List.of(Mode.SIDECAR, Mode.ATTRIBUTE)) {
			Case given = new Case(TARGET, false, Before.OLD, mode, BackupPolicy.none());
			try (Race race = given.race()) {
				long alarms = new RaceStates(race, given.check()).explore(1).falseAlarms();
				assertThat(alarms > 0).as("%s: %s read as damaged", mode, alarms).isEqualTo(mode == Mode.SIDECAR);
			}
		}
	}

	private static List<Case> cases(boolean leased) {
		List<Case> cases = new ArrayList<>();
		for (Path other : leased ? List.of(TARGET, NEIGHBOUR) : List.of(TARGET)) {
			for (Before before : Before.values()) {
				for (Mode mode : Mode.values()) {
					for (BackupPolicy backup : BACKUPS) {
						boolean same = before == Before.NOTHING && other != TARGET && backup.enabled();
						if (!same && (before != Before.DAMAGED || mode != Mode.NONE)) {
							cases.add(new Case(other, leased, before, mode, backup));
						}
					}
				}
			}
		}
		return cases;
	}

	private static CrashLane lane(String name, String how, int preemptions) {
		return new CrashLane(name, "two writers of " + how
				+ ", with and without checksum and backup, interleaved at the calls, every plan of at most "
				+ preemptions + " preemptions, a crash after each call, every legal disk; each recovered and swept",
				"CrashRaceTests");
	}

	private static void explore(Case given, int preemptions, CrashLane lane) {
		try (Race race = given.race()) {
			RaceStates states = new RaceStates(race, given.check()).explore(preemptions);
			System.out.println("crash states of a race, " + given + ": " + states);
			lane.add(states.raw(), states.distinct(), states.losses());
			assertThat(states.violations()).as(given.toString()).isEmpty();
		}
	}

	private static void controls(CrashLane lane) {
		brokenDisks(lane, new Case(TARGET, true, Before.OLD, Mode.NONE, BackupPolicy.none()));
		// as if the lease had kept the other out
		Case unlocked = new Case(TARGET, false, Before.OLD, Mode.SIDECAR, BackupPolicy.none());
		RaceCheck leased = new RaceCheck(unlocked.options(), true, List.of(OLD));
		lost(lane, "the lease excludes nobody", unlocked.race(), leased, "false alarm");
	}

	private static void brokenDisks(CrashLane lane, Case given) {
		lost(lane, "no-file-sync", given.race(Kind.SYNC), given.check(), "torn");
		lost(lane, "no-directory-sync", given.race(Kind.SYNC_DIRECTORY), given.check(), "acknowledged and lost");
	}

	private static void lost(CrashLane lane, String broken, Race race, RaceCheck check, String wrong) {
		try (race) {
			RaceStates states = new RaceStates(race, check).explore(1);
			assertThat(states.violations()).as(broken).anyMatch((text) -> text.startsWith(wrong));
			lane.control(broken, states.raw(), states.losses());
		}
	}

	/**
	 * What was there before the race.
	 */
	private enum Before {

		NOTHING, OLD, DAMAGED

	}

	/**
	 * A race.
	 */
	private record Case(Path other, boolean leased, Before before, Mode mode, BackupPolicy backup) {

		WriteOptions options() {
			WriteOptions options = CrashRaceTests.options(this);
			return this.leased ? options : options.toBuilder().lock(LockRequest.none()).build();
		}

		Race race(Kind... dropped) {
			CrashImage image = EMPTY;
			for (Path target : this.other.equals(TARGET) ? List.of(TARGET) : List.of(TARGET, this.other)) {
				if (this.before != Before.NOTHING) {
					image = written(image, CrashRaceTests.options(this), target, OLD);
				}
				if (this.before == Before.DAMAGED) {
					image = image.withText(target, RaceCheck.DAMAGED);
				}
			}
			return new Race(image, options(), new Entry(TARGET, "one"), new Entry(this.other, "two"), dropped);
		}

		RaceCheck check() {
			return new RaceCheck(options(), this.leased,
					List.of((this.before == Before.DAMAGED) ? RaceCheck.DAMAGED : OLD));
		}

		@Override
		public String toString() {
			String kept = !this.backup.enabled() ? "no backup" : this.backup.timestamped() ? "generations" : "single";
			return (this.other.equals(TARGET) ? "one target, " : "two targets, ") + (this.leased ? "" : "no lease, ")
					+ this.before + ", " + this.mode + ", " + kept;
		}

	}

	private static WriteOptions options(Case given) {
		return Replacement.options(ChecksumPolicy.of(given.mode, ChecksumAlgorithm.SHA_256), given.backup);
	}

}
