package io.atomicwrite.test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

import io.atomicwrite.fs.FileOps;
import io.atomicwrite.test.fault.FileCall;
import io.atomicwrite.test.fault.InterceptingFileOps;
import org.jspecify.annotations.Nullable;

/**
 * File operations that reject names above a limit, as a filesystem with a small
 * {@code NAME_MAX} does (eCryptfs: 143 bytes).
 */
public final class ShortNames extends InterceptingFileOps {

	private final int limit;

	/**
	 * Creates operations with a limit.
	 * @param delegate the real operations
	 * @param limit the maximum length of a name in bytes
	 */
	public ShortNames(FileOps delegate, int limit) {
		super(delegate);
		this.limit = limit;
	}

	@Override
	protected <T extends @Nullable Object> T intercept(FileCall call, Action<T> action) throws IOException {
		check(call.path());
		if (call.other() != null) {
			check(call.other());
		}
		return action.run();
	}

	private void check(Path path) throws FileSystemException {
		Path name = path.getFileName();
		if (name != null && name.toString().getBytes(StandardCharsets.UTF_8).length > this.limit) {
			throw new FileSystemException(path.toString(), null, "File name too long");
		}
	}

}
