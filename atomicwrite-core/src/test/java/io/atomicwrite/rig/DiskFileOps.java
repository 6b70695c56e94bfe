package io.atomicwrite.rig;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

import io.atomicwrite.fs.FileOps;
import io.atomicwrite.test.FileCall;
import io.atomicwrite.test.FileCall.Op;
import io.atomicwrite.test.InterceptingFileOps;
import org.jspecify.annotations.Nullable;

/**
 * The system's file operations, less one kind of sync if so wished. They don't tell that
 * the device is a file in memory: the engine would promise less than on a real disk, and
 * sync more.
 */
final class DiskFileOps extends InterceptingFileOps {

	private static final Path BACKING_FILE = Path.of("loop", "backing_file");

	private final @Nullable Op dropped;

	DiskFileOps(@Nullable Op dropped) {
		super(FileOps.system());
		this.dropped = dropped;
	}

	@Override
	@SuppressWarnings("NullAway")
	protected <T extends @Nullable Object> T intercept(FileCall call, Action<T> action) throws IOException {
		if (call.op() == Op.OPEN_READ && call.path().endsWith(BACKING_FILE)) {
			throw new NoSuchFileException(call.path().toString());
		}
		return (call.op() != this.dropped) ? action.run() : null;
	}

}
