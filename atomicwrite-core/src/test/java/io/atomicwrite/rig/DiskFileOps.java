package io.atomicwrite.rig;

import java.io.IOException;

import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.Mount;
import io.atomicwrite.test.fault.FileCall;
import io.atomicwrite.test.fault.FileCall.Op;
import io.atomicwrite.test.fault.InterceptingFileOps;
import org.jspecify.annotations.Nullable;

/**
 * The system's file operations, less one kind of sync if so wished. They don't tell that
 * the device is a file in memory: the engine would promise less than on a real disk, and
 * sync more.
 */
final class DiskFileOps extends InterceptingFileOps {

	private final @Nullable Op dropped;

	DiskFileOps(@Nullable Op dropped) {
		super(FileOps.system());
		this.dropped = dropped;
	}

	@Override
	@SuppressWarnings({ "NullAway", "unchecked" })
	protected <T extends @Nullable Object> T intercept(FileCall call, Action<T> action) throws IOException {
		if (call.op() == Op.MOUNT) {
			return (T) asDisk((Mount) action.run());
		}
		return (call.op() != this.dropped) ? action.run() : null;
	}

	private static Mount asDisk(Mount found) {
		boolean holdsTheDisk = found.type().equals("tmpfs") || found.type().startsWith("fuse");
		return holdsTheDisk ? new Mount(found.point(), "xfs", "a disk", found.options()) : found;
	}

}
