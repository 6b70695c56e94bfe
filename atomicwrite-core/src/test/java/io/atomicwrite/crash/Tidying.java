package io.atomicwrite.crash;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

import io.atomicwrite.fs.FileOps;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.maintenance.RecoveryOptions;
import io.atomicwrite.maintenance.RecoveryOptions.Decision;
import io.atomicwrite.maintenance.RecoveryReport;
import io.atomicwrite.maintenance.SweepOptions;
import io.atomicwrite.maintenance.SweepReport;
import io.atomicwrite.maintenance.WithoutPause;

/**
 * Puts a disk in order after a crash. No other writer lives there, so that nothing is
 * gained by the pause in which one would show itself.
 */
final class Tidying {

	private static final InstantSource LATER = InstantSource.fixed(Instant.parse("2026-02-01T00:00:00Z"));

	private final FileOps files;

	private final LockRegistry locks;

	Tidying(FileOps files) {
		this.files = files;
		this.locks = LockRegistry.fileBuilder().files(files).build();
	}

	RecoveryReport recover(Path directory, Decision decision) {
		return WithoutPause.recovery(this.files, this.locks, LATER)
			.recover(directory, RecoveryOptions.defaults()
				.with((changes) -> changes.decision(decision).orphanAge(Duration.ZERO).recursive(true)));
	}

	SweepReport sweep(Path directory) {
		return WithoutPause.housekeeper(this.files, this.locks, LATER)
			.sweep(directory,
					SweepOptions.builder().recursive(true).orphanAge(Duration.ZERO).lockAge(Duration.ZERO).build());
	}

}
