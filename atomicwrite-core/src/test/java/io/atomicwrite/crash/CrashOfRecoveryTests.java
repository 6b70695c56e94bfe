package io.atomicwrite.crash;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import io.atomicwrite.backup.BackupPolicy;
import io.atomicwrite.checksum.ChecksumAlgorithm;
import io.atomicwrite.checksum.ChecksumPolicy;
import io.atomicwrite.checksum.ChecksumPolicy.Mode;
import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.crash.CrashStateTests.Case;
import io.atomicwrite.maintenance.RecoveryOptions.Decision;
import io.atomicwrite.test.Enumerates;
import io.atomicwrite.test.EvidenceRecord.Scope;
import io.atomicwrite.test.crash.CrashFileOps;
import io.atomicwrite.test.crash.CrashImage;
import io.atomicwrite.test.crash.CrashStep.Kind;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static io.atomicwrite.crash.Replacement.options;
import static io.atomicwrite.crash.Replacement.write;
import static io.atomicwrite.crash.Replacement.written;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A recovery crashes, and the next one, and so on: no target changes but for one that is
 * finished, none reads as damaged, no backup is lost, what a recovery has reported is
 * durable, and in the end all is as if none had crashed.
 */
@Enumerates
class CrashOfRecoveryTests {

	private static final Path TARGET = Path.of("/d/f");

	private static final String NEW = "new content";

	private static final CrashImage EMPTY = CrashFileOps.empty(Path.of("/d")).image();

	private static final ChecksumPolicy SIDECAR = ChecksumPolicy.sidecar(ChecksumAlgorithm.SHA_256);

	private static final String TRIED = "recovery, with each decision, then a sweep, %s: crashed after each call, every"
			+ " legal disk recovered again, until no disk is new";

	@Test
	void aCrashOfTheRecoveryChangesNothing() throws IOException {
		explore(crashedTwice(), Scope.SLICE, CrashOfRecoveryTests::crashed);
	}

	@Test
	@Tag("slow")
	void aCrashOfAnyRecoveryChangesNothing() throws IOException {
		explore(crashedTwice(), Scope.LONG, CrashOfRecoveryTests::crashed);
	}

	@Test
	void aCrashAfterAKillAndARecoveryLosesNothing() throws IOException {
		explore(killedBefore(), Scope.SLICE, CrashOfRecoveryTests::killed);
	}

	@Test
	@Tag("slow")
	void aCrashAfterAKillAndAnyRecoveryLosesNothing() throws IOException {
		explore(killedBefore(), Scope.LONG, CrashOfRecoveryTests::killed);
	}

	@ParameterizedTest
	@EnumSource(names = { "SYNC", "SYNC_DIRECTORY" })
	void aLyingSyncIsFoundOut(Kind dropped) {
		assertThat(lying(dropped).violations()).anyMatch(
				(text) -> text.startsWith((dropped == Kind.SYNC) ? "no longer attested" : "reported and not durable"));
	}

	private static CrashLane crashedTwice() {
		return new CrashLane("crash-recovery", String.format(TRIED, "of every disk that a crash of a write leaves"),
				"CrashOfRecoveryTests");
	}

	private static CrashLane killedBefore() {
		return new CrashLane("crash-recovery-after-kill",
				String.format(TRIED, "on a system that lives on after its writer was killed before each call"),
				"CrashOfRecoveryTests");
	}

	private static boolean isUsual(Case given) {
		BackupPolicy backup = given.options().backup();
		boolean plain = backup.equals(BackupPolicy.none()) || backup.equals(BackupPolicy.generations());
		return plain && (given.toString().startsWith("create,") || given.toString().startsWith("replace,"))
				&& (given.options().checksum().mode() != Mode.NONE || backup.enabled());
	}

	private static void explore(CrashLane lane, Scope scope, Exploration exploration) throws IOException {
		List<Case> cases = CrashStateTests.cases().filter((given) -> scope == Scope.LONG || isUsual(given)).toList();
		for (Decision decision : Decision.values()) {
			for (Case given : cases) {
				RecoveryStates states = new RecoveryStates(TARGET, given.options(), decision);
				exploration.explore(states, given);
				System.out.println("crash states of a recovery, " + decision + ", " + given + ": " + states);
				lane.add(states.raw(), states.distinct(), states.losses());
				assertThat(states.violations()).as(given.toString()).isEmpty();
			}
		}
		controls(lane);
		lane.write(scope);
	}

	static void crashed(RecoveryStates states, Case given) {
		given.run().images().forEach(states::explore);
	}

	static void killed(RecoveryStates states, Case given) {
		int calls = 0;
		CrashFileOps disk = KilledWriter.after(calls, given.before(), given.options(), write(TARGET, NEW));
		while (disk != null) {
			states.explore(given.before(), disk);
			disk = KilledWriter.after(++calls, given.before(), given.options(), write(TARGET, NEW));
		}
	}

	private static void controls(CrashLane lane) {
		for (Kind dropped : List.of(Kind.SYNC, Kind.SYNC_DIRECTORY)) {
			RecoveryStates states = lying(dropped);
			lane.control(CrashRun.without(dropped), states.raw(), states.losses());
		}
	}

	/** Recovers on a disk that does not sync. */
	private static RecoveryStates lying(Kind dropped) {
		WriteOptions options = options(SIDECAR, BackupPolicy.none());
		Case given = new Case("replace", written(EMPTY, options, TARGET, "old content"), options);
		RecoveryStates states = new RecoveryStates(TARGET, options, Decision.DISCARD, dropped);
		crashed(states, given);
		return states;
	}

	private interface Exploration {

		void explore(RecoveryStates states, Case given);

	}

}
