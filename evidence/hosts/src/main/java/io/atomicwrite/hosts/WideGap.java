package io.atomicwrite.hosts;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.ForwardingFileOps;

/**
 * Waits before every fourth rename: between the last check of a lease and the commit,
 * where a writer is hardly ever stopped by chance.
 */
final class WideGap extends ForwardingFileOps {

	private final Duration gap;

	WideGap(Duration gap) {
		super(FileOps.system());
		this.gap = gap;
	}

	@Override
	public void rename(Path source, Path target) throws IOException {
		if (ThreadLocalRandom.current().nextInt(4) == 0) {
			LockSupport.parkNanos(this.gap.toNanos());
		}
		super.rename(source, target);
	}

}
