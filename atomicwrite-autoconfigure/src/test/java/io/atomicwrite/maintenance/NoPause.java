package io.atomicwrite.maintenance;

import java.time.Duration;
import java.time.InstantSource;

import io.atomicwrite.fs.FileOps;
import io.atomicwrite.lock.LockRegistry;

/**
 * Sweeps and recoveries that need not wait for writers to show themselves.
 */
public final class NoPause {

	private NoPause() {
	}

	public static Housekeeper housekeeper(FileOps files, LockRegistry locks) {
		return new Housekeeper(files, locks, InstantSource.system(), Duration.ZERO);
	}

	public static Recovery recovery(FileOps files, LockRegistry locks) {
		return new Recovery(files, locks, InstantSource.system(), Duration.ZERO);
	}

}
