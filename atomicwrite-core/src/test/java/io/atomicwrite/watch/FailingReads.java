package io.atomicwrite.watch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.ForwardingFileOps;
import org.jspecify.annotations.Nullable;

/**
 * Files that can't be read for a while.
 */
final class FailingReads extends ForwardingFileOps {

	private @Nullable String error;

	FailingReads(FileOps delegate) {
		super(delegate);
	}

	void fail(@Nullable String reason) {
		this.error = reason;
	}

	@Override
	public InputStream openRead(Path file) throws IOException {
		if (this.error != null) {
			throw new IOException(this.error);
		}
		return super.openRead(file);
	}

}
