package io.atomicwrite.crash;

import java.io.IOException;

import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.test.crash.CrashFileOps;
import io.atomicwrite.test.crash.CrashImage;
import io.atomicwrite.test.fault.FileCall;
import io.atomicwrite.test.fault.InterceptingFileOps;
import org.jspecify.annotations.Nullable;

/**
 * A writer that is killed before one of its calls; the system lives on, with what it has
 * in memory.
 */
final class KilledWriter extends InterceptingFileOps {

	private int left;

	private KilledWriter(CrashFileOps disk, int calls) {
		super(disk);
		this.left = calls;
	}

	/**
	 * Runs a writer until it is killed.
	 * @return the disk, or {@code null} if the writer has ended before
	 */
	static @Nullable CrashFileOps after(int calls, CrashImage before, WriteOptions options,
			CrashRun.Operation operation) {
		CrashFileOps disk = new CrashFileOps(before).inPieces(1);
		try (AtomicFileTemplate template = CrashedDisk.writer(new KilledWriter(disk, calls), options)) {
			operation.run(template);
			return null;
		}
		catch (Killed ex) {
			disk.releaseLocks();
			return disk;
		}
	}

	@Override
	protected <T extends @Nullable Object> T intercept(FileCall call, Action<T> action) throws IOException {
		if (call.op().changing() && this.left-- <= 0) {
			throw new Killed();
		}
		return action.run();
	}

	/**
	 * Ends everything; what would clean up gets no call through either.
	 */
	private static final class Killed extends Error {

		private static final long serialVersionUID = 1L;

	}

}
