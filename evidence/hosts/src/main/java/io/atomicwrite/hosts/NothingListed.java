package io.atomicwrite.hosts;

import java.io.IOException;
import java.nio.file.Path;

import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.ForwardingFileOps;

/**
 * Lists no file, so that a lock registry finds nothing to revoke: the control.
 */
final class NothingListed extends ForwardingFileOps {

	NothingListed() {
		super(FileOps.system());
	}

	@Override
	public void list(Path directory, NameVisitor visitor) throws IOException {
		// as if there were none
	}

}
