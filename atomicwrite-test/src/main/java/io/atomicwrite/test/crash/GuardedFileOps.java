package io.atomicwrite.test.crash;

import java.io.IOException;
import java.nio.file.Path;

import io.atomicwrite.test.fault.FileCall;
import io.atomicwrite.test.fault.InterceptingFileOps;
import org.jspecify.annotations.Nullable;

/**
 * Lets one thread at a time to a filesystem in memory, until its machine is switched off.
 */
final class GuardedFileOps extends InterceptingFileOps {

	private final Bypasses bypasses;

	private final CrashFileOps disk;

	private boolean off;

	GuardedFileOps(CrashFileOps disk, Bypasses bypasses) {
		super(disk);
		this.disk = disk;
		this.bypasses = bypasses;
	}

	@Override
	protected synchronized <T extends @Nullable Object> T intercept(FileCall call, Action<T> action)
			throws IOException {
		if (this.off) {
			throw new IOException("the simulated machine is switched off");
		}
		try {
			return action.run();
		}
		catch (UnsupportedOperationException ex) {
			this.bypasses.note("the simulated filesystem can't do it: " + call + ": " + ex.getMessage());
			throw new IOException(ex);
		}
	}

	@Override
	public synchronized boolean exists(Path path) throws IOException {
		return this.disk.exists(path);
	}

	synchronized void acknowledge(String what) {
		this.disk.acknowledge(what);
	}

	synchronized void switchOff() {
		this.off = true;
	}

}
