package io.atomicwrite.crash;

import java.lang.reflect.Constructor;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

import io.atomicwrite.fs.FileOps;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.maintenance.Housekeeper;
import io.atomicwrite.maintenance.Recovery;
import io.atomicwrite.maintenance.RecoveryOptions;
import io.atomicwrite.maintenance.RecoveryOptions.Decision;
import io.atomicwrite.maintenance.RecoveryReport;
import io.atomicwrite.maintenance.SweepOptions;
import io.atomicwrite.maintenance.SweepReport;
import io.atomicwrite.test.CrashFileOps;

/**
 * Puts a disk in order after a crash. No other writer lives there, so that nothing is
 * gained by the pause in which one would show itself.
 */
final class Tidying {

	private static final InstantSource LATER = InstantSource.fixed(Instant.parse("2026-02-01T00:00:00Z"));

	private static final Constructor<Recovery> RECOVERY = constructor(Recovery.class);

	private static final Constructor<Housekeeper> HOUSEKEEPER = constructor(Housekeeper.class);

	private final CrashFileOps disk;

	private final LockRegistry locks;

	Tidying(CrashFileOps disk) {
		this.disk = disk;
		this.locks = LockRegistry.fileBuilder().files(disk).build();
	}

	private static <T> Constructor<T> constructor(Class<T> type) {
		try {
			Constructor<T> constructor = type.getDeclaredConstructor(FileOps.class, LockRegistry.class,
					InstantSource.class, Duration.class);
			constructor.setAccessible(true);
			return constructor;
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private <T> T create(Constructor<T> constructor) {
		try {
			return constructor.newInstance(this.disk, this.locks, LATER, Duration.ZERO);
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

	RecoveryReport recover(Path directory, Decision decision) {
		return create(RECOVERY).recover(directory,
				RecoveryOptions.defaults().withDecision(decision).withOrphanAge(Duration.ZERO).withRecursive(true));
	}

	SweepReport sweep(Path directory) {
		return create(HOUSEKEEPER).sweep(directory,
				SweepOptions.builder().recursive(true).orphanAge(Duration.ZERO).lockAge(Duration.ZERO).build());
	}

}
