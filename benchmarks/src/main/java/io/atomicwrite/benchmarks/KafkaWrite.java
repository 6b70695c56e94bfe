package io.atomicwrite.benchmarks;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;

import org.apache.kafka.common.utils.Utils;

/**
 * The steps by which Kafka replaces a checkpoint: a file of a fixed name beside the
 * target, a sync, and its helper for the rename, which syncs the directory.
 */
final class KafkaWrite implements DurableWrite {

	@Override
	public void write(Path target, byte[] content) throws IOException {
		Path staging = target.resolveSibling(target.getFileName() + ".tmp");
		try (FileOutputStream out = new FileOutputStream(staging.toFile())) {
			out.write(content);
			out.flush();
			out.getFD().sync();
		}
		Utils.atomicMoveWithFallback(staging, target);
	}

}
