package io.atomicwrite.mounted;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.ForwardingFileOps;

/**
 * Hides that the disks of a test lie in memory, which would take their durability away:
 * what is shown is what a filesystem does with a disk.
 */
final class DisksInMemory extends ForwardingFileOps {

	DisksInMemory(FileOps delegate) {
		super(delegate);
	}

	@Override
	public InputStream openRead(Path file) throws IOException {
		if (file.endsWith("loop/backing_file")) {
			throw new NoSuchFileException(file.toString());
		}
		return super.openRead(file);
	}

}
