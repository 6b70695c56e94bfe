package io.atomicwrite.maintenance;

import java.time.Duration;
import java.time.InstantSource;

import io.atomicwrite.fs.FileOps;
import io.atomicwrite.lock.LockRegistry;

/**
 * Recovery and housekeeping that do not wait for writers to show themselves, for disks on
 * which none lives.
 */
public final class WithoutPause {

	private WithoutPause() {
	}

	public static Recovery recovery(FileOps files, LockRegistry locks, InstantSource clock) {
		return new Recovery(files, locks, clock, Duration.ZERO);
	}

	public static Housekeeper housekeeper(FileOps files, LockRegistry locks, InstantSource clock) {
		return new Housekeeper(files, locks, clock, Duration.ZERO);
	}

}
