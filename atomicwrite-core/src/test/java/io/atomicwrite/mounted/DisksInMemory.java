package io.atomicwrite.mounted;

import java.io.IOException;
import java.nio.file.Path;

import io.atomicwrite.fs.FileOps;
import io.atomicwrite.fs.ForwardingFileOps;
import io.atomicwrite.fs.Mount;

/**
 * Hides that the disks of a test lie in memory, which would take their durability away:
 * what is shown is what a filesystem does with a disk. One tmpfs passes for a disk, and
 * everything else is followed as it is.
 */
final class DisksInMemory extends ForwardingFileOps {

	private final Path memory;

	/**
	 * Creates operations that show a disk.
	 * @param delegate the real operations
	 * @param memory where the tmpfs is mounted that holds the disks
	 */
	DisksInMemory(FileOps delegate, Path memory) {
		super(delegate);
		this.memory = memory;
	}

	@Override
	public Mount mount(Path canonical) throws IOException {
		Mount found = super.mount(canonical);
		return (found.type().equals("tmpfs") && found.point().equals(this.memory.toRealPath()))
				? new Mount(found.point(), "xfs", "a disk", found.options()) : found;
	}

}
