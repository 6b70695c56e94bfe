package io.atomicwrite.lock;

import java.io.IOException;
import java.nio.file.Path;

import io.atomicwrite.lock.LockStress.Result;
import io.atomicwrite.test.EvidenceRecord;
import io.atomicwrite.test.EvidenceRecord.Scope;
import io.atomicwrite.test.Stresses;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Locks under torture: processes that acquire one lock as fast as they can and are killed
 * again and again, above all while they hold it. {@code -Dlock.torture=n} sets the number
 * of acquisitions of the long run.
 */
@Stresses
@Timeout(7200)
class LockTortureTests {

	private static final long LONG_RUN = Long.getLong("lock.torture", 200_000);

	/** One kill in so many acquisitions. */
	private static final int KILL = 500;

	@TempDir
	Path directory;

	@Test
	void noTwoHoldersThoughHoldersAreKilled() throws IOException {
		torture(Scope.SLICE, 4, 2000);
	}

	@Test
	@Tag("slow")
	void noTwoHoldersInTheLongRun() throws IOException {
		torture(Scope.LONG, 8, LONG_RUN);
	}

	private void torture(Scope scope, int processes, long total) throws IOException {
		Result result = run("delete", processes, total, (int) (total / KILL));
		Result control = run("naive", processes, 3000, 0);
		new EvidenceRecord("lock-torture", "lock torture",
				processes + " processes of 2 threads acquire one lock; " + result.kills() + " were killed, "
						+ result.killedHolders()
						+ " of them while they held it; a checker of its own looks for overlaps" + " and lost updates",
				result.acquisitions(), "acquisitions", result.overlaps() + result.lostUpdates(),
				(scope == Scope.LONG)
						? "mvn -pl atomicwrite-core -Pslow test -Dtest=LockTortureTests -Dlock.torture=" + total
						: "mvn -pl atomicwrite-core test -Dtest=LockTortureTests",
				scope)
			.withControl("deleted after use and not looked at again", control.acquisitions(),
					control.overlaps() + control.lostUpdates())
			.write();
		assertThat(result.overlaps()).as(result::toString).isZero();
		assertThat(result.lostUpdates()).as(result::toString).isZero();
		// it would be no test of processes if one of them did all the work
		assertThat(result.switches()).as(result::toString).isGreaterThan(result.acquisitions() / 50);
		assertThat(control.overlaps()).as(control::toString).isPositive();
	}

	private Result run(String protocol, int processes, long total, int kills) throws IOException {
		Result result = new LockStress(this.directory, protocol, processes, 2, total).run(kills);
		System.out.println(result);
		return result;
	}

}
