package io.atomicwrite.maintenance;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

import io.atomicwrite.artifact.ArtifactKind;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.test.DirectoryContent;
import io.atomicwrite.test.EvidenceTally;
import io.atomicwrite.test.ForkedJvm;
import io.atomicwrite.test.Shell;
import io.atomicwrite.test.Stresses;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sweeps that take everything for old, against hundreds of writers that live. At full
 * size: {@code mvn -pl atomicwrite-core -Pslow test -Dtest=HousekeepingStressTests}.
 */
@Stresses
@Timeout(300)
class HousekeepingStressTests {

	@RegisterExtension
	static final EvidenceTally TALLY = new EvidenceTally("live-writers", "sweeps",
			"hundreds of writers in three JVMs, half without a lease, write under sweeps that take everything for old: none is disturbed, each orphan goes",
			"writes", "HousekeepingStressTests");

	private static final Duration PATIENCE = Duration.ofMinutes(1);

	private static final SweepOptions AT_ONCE = SweepOptions.builder()
		.orphanAge(Duration.ZERO)
		.lockAge(Duration.ZERO)
		.build();

	@TempDir
	private Path disk;

	/**
	 * In memory, where the writers and the sweeps wait for each other and for no disk.
	 */
	@Test
	void writersAreNotDisturbed() throws Exception {
		Path memory = Path.of("/dev/shm");
		Path directory = Files.createTempDirectory(Files.isWritable(memory) ? memory : this.disk, "housekeeping");
		try {
			run(directory, 70, Duration.ofSeconds(3), Duration.ofMillis(600));
		}
		finally {
			Shell.run("rm", "-r", directory.toString());
		}
	}

	@Test
	@Tag("slow")
	void writersAreNotDisturbedForLong() throws Exception {
		run(this.disk, 80, Duration.ofSeconds(90), Duration.ofSeconds(2));
	}

	private void run(Path directory, int writers, Duration length, Duration pause) throws Exception {
		Duration stay = pause.plusMillis(300);
		long sweeps = 0;
		long orphans = 0;
		long alive = 0;
		long writes;
		try (HousekeepingStress here = new HousekeepingStress(directory, "a", writers, stay);
				ForkedJvm one = fork(directory, "b", writers, stay);
				ForkedJvm two = fork(directory, "c", writers, stay);
				LockRegistry locks = LockRegistry.file()) {
			assertThat(List.of(one.answer(), two.answer())).containsOnly("started");
			Housekeeper housekeeper = new Housekeeper(FileOps.system(), locks, InstantSource.system(), pause);
			long end = System.nanoTime() + length.toNanos();
			// on a busy machine a sweep may come when hardly a writer is at work
			for (; System.nanoTime() < end
					|| (alive <= writers && System.nanoTime() < end + PATIENCE.toNanos()); sweeps++) {
				new Leftovers(directory).staging("orphan" + sweeps);
				SweepReport report = housekeeper.sweep(directory, AT_ONCE);
				assertThat(report.failures()).isEmpty();
				orphans += report.removed(ArtifactKind.STAGING).count();
				alive += report.alive();
			}
			writes = here.finish() + Long.parseLong(one.ask("end")) + Long.parseLong(two.ask("end"));
		}
		TALLY.add(writes);
		assertThat(orphans).isEqualTo(sweeps);
		assertThat(alive).isGreaterThan(writers);
		assertThat(DirectoryContent.of(directory)).hasSize(3 * writers).noneMatch((name) -> name.contains("."));
	}

	private ForkedJvm fork(Path directory, String prefix, int writers, Duration stay) {
		return ForkedJvm.start(HousekeepingStress.class, directory.toString(), prefix, Integer.toString(writers),
				stay.toString());
	}

}
