package io.atomicwrite.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.lucene.store.Directory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexOutput;
import org.apache.lucene.store.NIOFSDirectory;

/**
 * The steps by which Lucene makes the last file of a commit durable and visible, by its
 * directory of the filesystem.
 */
final class LuceneWrite implements DurableWrite {

	private final Map<Path, Directory> directories = new ConcurrentHashMap<>();

	@Override
	public void write(Path target, byte[] content) throws IOException {
		Path parent = Objects.requireNonNull(target.getParent());
		Directory directory = this.directories.computeIfAbsent(parent, LuceneWrite::open);
		String name = target.getFileName().toString();
		String pending = "pending_" + name;
		try (IndexOutput out = directory.createOutput(pending, IOContext.DEFAULT)) {
			out.writeBytes(content, content.length);
		}
		directory.sync(List.of(pending));
		directory.rename(pending, name);
		directory.syncMetaData();
	}

	private static Directory open(Path directory) {
		try {
			return new NIOFSDirectory(directory);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
