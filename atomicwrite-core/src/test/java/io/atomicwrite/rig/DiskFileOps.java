package io.atomicwrite.rig;

import java.io.IOException;
import java.nio.file.Path;

import io.atomicwrite.fs.FileHandle;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.ForwardingFileHandle;
import io.atomicwrite.fs.Mount;
import io.atomicwrite.test.fault.FileCall;
import io.atomicwrite.test.fault.FileCall.Op;
import io.atomicwrite.test.fault.InterceptingFileOps;
import org.jspecify.annotations.Nullable;

/**
 * The system's file operations, less one kind of sync if so wished, or less the wait for
 * content that is written out. They don't show that the device is a file in memory: the
 * engine would promise less than on a real disk, and sync more.
 */
final class DiskFileOps extends InterceptingFileOps {

	private final @Nullable Op dropped;

	private final boolean awaiting;

	DiskFileOps(@Nullable Op dropped, boolean awaiting) {
		super(FileOps.system());
		this.dropped = dropped;
		this.awaiting = awaiting;
	}

	@Override
	public FileHandle createExclusive(Path file, int mode) throws IOException {
		FileHandle handle = super.createExclusive(file, mode);
		return this.awaiting ? handle : new Hasty(handle);
	}

	@Override
	@SuppressWarnings({ "NullAway", "unchecked" })
	protected <T extends @Nullable Object> T intercept(FileCall call, Action<T> action) throws IOException {
		if (call.op() == Op.MOUNT) {
			return (T) asDisk((Mount) action.run());
		}
		return (call.op() != this.dropped) ? action.run() : null;
	}

	/** Lets the disk begin with what it is to have. */
	private static final class Hasty extends ForwardingFileHandle {

		Hasty(FileHandle handle) {
			super(handle);
		}

		@Override
		public void writeOut() throws IOException {
			startWriteback();
		}

	}

	private static Mount asDisk(Mount found) {
		boolean holdsTheDisk = found.type().equals("tmpfs") || found.type().startsWith("fuse");
		return holdsTheDisk ? new Mount(found.point(), "xfs", "a disk", found.options()) : found;
	}

}
