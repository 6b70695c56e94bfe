package io.atomicwrite.crash;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.maintenance.RecoveryOptions;
import io.atomicwrite.maintenance.RecoveryOptions.Decision;
import io.atomicwrite.maintenance.RecoveryReport;
import io.atomicwrite.maintenance.SweepOptions;
import io.atomicwrite.maintenance.SweepReport;
import io.atomicwrite.maintenance.WithoutPause;
import io.atomicwrite.test.CrashFileOps;

/**
 * Puts a disk in order after a crash. No other writer lives there, so that nothing is
 * gained by the pause in which one would show itself.
 */
final class Tidying {

	private static final InstantSource LATER = InstantSource.fixed(Instant.parse("2026-02-01T00:00:00Z"));

	private final CrashFileOps disk;

	private final LockRegistry locks;

	Tidying(CrashFileOps disk) {
		this.disk = disk;
		this.locks = LockRegistry.fileBuilder().files(disk).build();
	}

	RecoveryReport recover(Path directory, Decision decision) {
		return WithoutPause.recovery(this.disk, this.locks, LATER)
			.recover(directory, RecoveryOptions.defaults()
				.with((changes) -> changes.decision(decision).orphanAge(Duration.ZERO).recursive(true)));
	}

	SweepReport sweep(Path directory) {
		return WithoutPause.housekeeper(this.disk, this.locks, LATER)
			.sweep(directory,
					SweepOptions.builder().recursive(true).orphanAge(Duration.ZERO).lockAge(Duration.ZERO).build());
	}

}
