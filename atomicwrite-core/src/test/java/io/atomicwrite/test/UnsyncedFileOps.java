package io.atomicwrite.test;

import java.io.IOException;

import io.atomicwrite.fs.FileOps;
import io.atomicwrite.test.fault.FileCall;
import io.atomicwrite.test.fault.FileCall.Op;
import io.atomicwrite.test.fault.InterceptingFileOps;
import org.jspecify.annotations.Nullable;

/**
 * The real operations but for the syncs, which are left out: for tests that crash
 * nothing, and would wait for the disk most of their time.
 */
public final class UnsyncedFileOps extends InterceptingFileOps {

	/**
	 * Creates such operations.
	 */
	public UnsyncedFileOps() {
		super(FileOps.system());
	}

	@Override
	@SuppressWarnings("NullAway")
	protected <T extends @Nullable Object> T intercept(FileCall call, Action<T> action) throws IOException {
		return (call.op() == Op.SYNC || call.op() == Op.SYNC_DIRECTORY) ? null : action.run();
	}

}
