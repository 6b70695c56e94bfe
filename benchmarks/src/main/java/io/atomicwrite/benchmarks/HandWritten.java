package io.atomicwrite.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * What a careful programmer writes without the library: create beside the target, write,
 * sync, rename, sync the directory. Keeps no mode, takes no lock, checks nothing and
 * cleans nothing up.
 */
final class HandWritten implements DurableWrite {

	private long counter;

	@Override
	public void write(Path target, byte[] content) throws IOException {
		Path staging = target.resolveSibling("." + target.getFileName() + "." + this.counter++ + ".tmp");
		try (FileChannel channel = FileChannel.open(staging, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
			ByteBuffer bytes = ByteBuffer.wrap(content);
			while (bytes.hasRemaining()) {
				channel.write(bytes);
			}
			channel.force(true);
		}
		Files.move(staging, target, StandardCopyOption.ATOMIC_MOVE);
		try (FileChannel directory = FileChannel.open(target.getParent(), StandardOpenOption.READ)) {
			directory.force(true);
		}
	}

}
